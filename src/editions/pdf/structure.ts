/**
 * The structure of a PDF, for those who hear it, without what says nothing: Chromium makes an element of every piece of text,
 * and code has one for each coloured word. Such a leaf becomes a part of the element around it.
 * Source: ISO 32000-1, 14.7 (logical structure)
 */
import {
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFRef,
  type PDFContext,
  type PDFDocument,
  type PDFObject,
} from '@cantoo/pdf-lib';

/** Content of a page that an element of no kind stands for. */
interface Leaf {
  readonly parent: PDFRef;
  readonly page: PDFRef;
  readonly content: PDFNumber;
}

const kids = PDFName.of('K');
const page = PDFName.of('Pg');
const parent = PDFName.of('P');
const kind = PDFName.of('S');

/** Takes the leaves out of a document's structure. */
export function withoutLeaves({ catalog, context }: PDFDocument): void {
  const leaves = findLeaves(context);
  for (const element of new Set([...leaves.values()].map((leaf) => leaf.parent)))
    takeIn(context.lookup(element, PDFDict), leaves, context);
  const root = catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  const numbers = root
    ?.lookupMaybe(PDFName.of('ParentTree'), PDFDict)
    ?.lookupMaybe(PDFName.of('Nums'), PDFArray);
  for (const entry of numbers?.asArray() ?? []) {
    const elements = context.lookup(entry);
    if (!(elements instanceof PDFArray)) continue;
    for (const [index, element] of elements.asArray().entries()) {
      const leaf = element instanceof PDFRef ? leaves.get(element) : undefined;
      if (leaf) elements.set(index, leaf.parent);
    }
  }
  for (const leaf of leaves.keys()) context.delete(leaf);
}

function findLeaves(context: PDFContext): Map<PDFRef, Leaf> {
  const leaves = new Map<PDFRef, Leaf>();
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.get(kind) !== PDFName.of('NonStruct')) continue;
    const [around, on, content] = [object.get(parent), object.get(page), object.get(kids)];
    if (around instanceof PDFRef && on instanceof PDFRef && content instanceof PDFNumber)
      leaves.set(ref, { parent: around, page: on, content });
  }
  return leaves;
}

/** Puts the content of an element's leaves into the element; what stands on another page than its first says so. */
function takeIn(element: PDFDict, leaves: ReadonlyMap<PDFRef, Leaf>, context: PDFContext): void {
  const given = element.get(kids);
  const children = given instanceof PDFArray ? given.asArray() : given ? [given] : [];
  const leafOf = (child: PDFObject) => (child instanceof PDFRef ? leaves.get(child) : undefined);
  const first = element.get(page) ?? children.map(leafOf).find((leaf) => leaf !== undefined)?.page;
  if (first) element.set(page, first);
  element.set(
    kids,
    context.obj(
      children.map((child) => {
        const leaf = leafOf(child);
        if (!leaf) return child;
        return leaf.page === first
          ? leaf.content
          : context.obj({ Type: 'MCR', Pg: leaf.page, MCID: leaf.content });
      }),
    ),
  );
}
