/** A small repository of two modules, as ground for claims. */

import type { Module } from '#generate/model.ts'
import { GroundTruth } from '#generate/prose/ground-truth.ts'
import { component, edge, file, sample } from '../pages/sample.ts'

export const router = file(
  'src/router/router.ts',
  [
    'export class Router {',
    '  match(path: string): Handler {',
    '    return this.tree.search(path)',
    '  }',
    '}',
    'export const MAX_DEPTH = 12',
    '',
  ].join('\n'),
)
export const tree = file('src/tree/tree.ts', 'export function searchTree(path: string) {\n  return path\n}\n')
const input = sample(
  [router, tree],
  [
    component(router, 'Router', { kind: 'class', startLine: 1, endLine: 5 }),
    component(router, 'Router.match', { kind: 'method', startLine: 2, endLine: 4 }),
    component(router, 'MAX_DEPTH', { kind: 'constant' }),
    component(tree, 'searchTree', { startLine: 1, endLine: 3 }),
  ],
  [edge(`${router.path}#Router.match`, `${tree.path}#searchTree`)],
)
export const { inventory, analysis } = input
const leaf = (name: string): Module => {
  const id = `src/${name}`
  return { id, slug: `src-${name}`, title: name, path: id, files: [`${id}/${name}.ts`], children: [] }
}
export const root: Module = {
  ...{ id: 'orbit', slug: 'overview', title: 'orbit', path: '', files: [] },
  children: [leaf('router'), leaf('tree')],
}
export const ground = (): GroundTruth => new GroundTruth(inventory, analysis).addModules(root)
export const near: ReadonlySet<string> = new Set([router.path])
