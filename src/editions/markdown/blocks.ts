/** The few shapes of Markdown that programs, exercises and pictures are put into. */
import type { Blockquote, Code, Paragraph, PhrasingContent } from 'mdast';

/** A paragraph; a string in it is plain text. */
export function paragraph(...content: readonly (string | PhrasingContent)[]): Paragraph {
  return { type: 'paragraph', children: content.map(phrase) };
}

/** Words that stand out. */
export function strong(...content: readonly (string | PhrasingContent)[]): PhrasingContent {
  return { type: 'strong', children: content.map(phrase) };
}

/** A piece of code in a line. */
export function inlineCode(value: string): PhrasingContent {
  return { type: 'inlineCode', value };
}

/** A block of code; a newline at its end belongs to the block. */
export function fence(lang: string, value: string): Code {
  return { type: 'code', lang, value: value.replace(/\n$/, '') };
}

/** Paragraphs that stand apart from the text. */
export function aside(...paragraphs: readonly Paragraph[]): Blockquote {
  return { type: 'blockquote', children: [...paragraphs] };
}

function phrase(content: string | PhrasingContent): PhrasingContent {
  return typeof content === 'string' ? { type: 'text', value: content } : content;
}
