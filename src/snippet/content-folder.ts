/** Folder of the book that is built: `content`, or what the environment variable `LOOPBOOK_CONTENT` names. */
export const contentFolder = process.env['LOOPBOOK_CONTENT'] || 'content';
