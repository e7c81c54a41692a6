/** Requests that come with a chapter, and what real Node answered them. */
export type { RecordedResponse, SavedRequest } from '../../snippet/snippet.ts';
