/** The syntax tree that acorn, which Node's library contains, makes; and a walk over it that knows scopes. */

/** A node of the tree; its other members depend on its type (ESTree). */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/** The part of acorn that is used. */
export interface Parser {
  parse(source: string, options: Readonly<Record<string, unknown>>): Node;
}

/** Whether a member of a node is a node. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The nodes in a member that is a list, holes left out. */
export function nodesIn(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The node in a member; throws where the tree has none. */
export function nodeIn(value: unknown): Node {
  if (!isNode(value)) throw new TypeError('The syntax tree lacks a node.');
  return value;
}

/** Name of an identifier, or text of a string literal. */
export function nameOf(node: Node): string {
  return String(node.type === 'Literal' ? node['value'] : node['name']);
}

/** Every node directly below. */
export function childrenOf(node: Node): Node[] {
  // Modules are full of them: a loop that makes nothing but the list.
  const children: Node[] = [];
  for (const name of Object.keys(node)) {
    const member = node[name];
    if (typeof member !== 'object' || member === null) continue;
    if (!Array.isArray(member)) {
      if (isNode(member)) children.push(member);
    } else for (const each of member) if (isNode(each)) children.push(each);
  }
  return children;
}

/** Names that a pattern declares. */
export function namesInPattern(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [nameOf(pattern)];
    case 'ObjectPattern':
      return nodesIn(pattern['properties']).flatMap((property) =>
        namesInPattern(nodeIn(property.type === 'RestElement' ? property['argument'] : property['value'])),
      );
    case 'ArrayPattern':
      return nodesIn(pattern['elements']).flatMap(namesInPattern);
    case 'RestElement':
      return namesInPattern(nodeIn(pattern['argument']));
    case 'AssignmentPattern':
      return namesInPattern(nodeIn(pattern['left']));
    default:
      return [];
  }
}

/** True for nodes that begin a function of their own. */
export function isFunction(node: Node): boolean {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

/** Names of a declaration: variables, a function or a class. */
export function declaredNames(declaration: Node): string[] {
  if (declaration.type === 'VariableDeclaration') {
    return nodesIn(declaration['declarations']).flatMap((each) => namesInPattern(nodeIn(each['id'])));
  }
  const id = declaration['id'];
  return /^(?:Function|Class)Declaration$/.test(declaration.type) && isNode(id) ? [nameOf(id)] : [];
}

/** Names that are assigned anywhere below, in whatever scope; a declaration with its value does not count. */
export function assignedNames(node: Node): Set<string> {
  const names = new Set<string>();
  const visit = (each: Node): void => {
    const target = each.type === 'UpdateExpression' ? each['argument'] : each['left'];
    if (/^(?:AssignmentExpression|UpdateExpression|For(?:In|Of)Statement)$/.test(each.type) && isNode(target))
      namesInPattern(target).forEach((name) => names.add(name));
    // `let x;` has no value yet.
    if (each.type === 'VariableDeclarator' && each['init'] === null)
      namesInPattern(nodeIn(each['id'])).forEach((name) => names.add(name));
    childrenOf(each).forEach(visit);
  };
  visit(node);
  return names;
}

/** Names that a node brings into scope for what is inside it. */
export function namesOfScope(node: Node): Set<string> {
  const names = new Set<string>();
  const add = (more: readonly string[]): void => more.forEach((name) => names.add(name));
  if (isFunction(node)) {
    const id = node['id'];
    if (isNode(id)) add([nameOf(id)]);
    nodesIn(node['params']).forEach((parameter) => add(namesInPattern(parameter)));
    add(variablesOf(nodeIn(node['body'])));
  } else if (node.type === 'ClassExpression' || node.type === 'ClassDeclaration') {
    const id = node['id'];
    if (isNode(id)) add([nameOf(id)]);
  } else if (node.type === 'CatchClause') {
    const parameter = node['param'];
    if (isNode(parameter)) add(namesInPattern(parameter));
  } else if (/^For(?:In|Of)?Statement$/.test(node.type)) {
    for (const head of [node['init'], node['left']]) if (isNode(head)) add(declaredNames(head));
  } else if (node.type === 'BlockStatement' || node.type === 'StaticBlock') {
    nodesIn(node['body']).forEach((statement) => add(declaredNames(statement)));
    if (node.type === 'StaticBlock') add(variablesOf(node));
  } else if (node.type === 'SwitchStatement') {
    for (const each of nodesIn(node['cases']))
      nodesIn(each['consequent']).forEach((one) => add(declaredNames(one)));
  }
  return names;
}

/** Names of all `var` declarations of a function's body or a script, however deep. */
export function variablesOf(node: Node): string[] {
  return childrenOf(node).flatMap((child) => {
    if (isFunction(child) || child.type === 'StaticBlock') return [];
    const own = child.type === 'VariableDeclaration' && child['kind'] === 'var' ? declaredNames(child) : [];
    return [...own, ...variablesOf(child)];
  });
}

/** The offset after the directives of a text, where other statements may begin. */
export function endOfDirectives(tree: Node): number | undefined {
  return nodesIn(tree['body']).findLast((node) => typeof node['directive'] === 'string')?.end;
}

/** Whether a program or a function has the directive for strict mode. */
export function isStrict(node: Node): boolean {
  const body = node.type === 'Program' ? node : node['body'];
  return isNode(body) && nodesIn(body['body']).some((statement) => statement['directive'] === 'use strict');
}
