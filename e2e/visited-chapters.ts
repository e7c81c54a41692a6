/** The chapters of the built book that a reader opens in every browser and on every host. */

/** Two chapters that follow each other. */
export const FIRST = { path: 'understanding-node/what-is-node/', title: 'What Node is and why it exists' };
export const SECOND = { path: 'understanding-node/event-loop/', title: 'The event loop' };

/** One whose programs are servers. */
export const SERVER = {
  path: 'networks-and-web-servers/http/',
  program: 'A shelf of books, as JSON',
  request: 'Add a book',
};
