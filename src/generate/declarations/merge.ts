/** Merges the declarations of a component into one, with the members, uses and bases of all of them. */

import { push } from '#base/multimap.ts'
import {
  type Analysis,
  type Component,
  compareText,
  type Edge,
  type FileExport,
  INHERITANCES,
  type SourceFile,
  type StatedBase,
} from '#generate/model.ts'
import { testEdges } from '#generate/test-edges.ts'
import { moveCommentsInward } from './comments-of-wrappers.ts'
import { groupsOf } from './groups.ts'
import { joinEdges } from './join-edges.ts'
import { ownersIn } from './owners.ts'
import { withoutPastedComments } from './pasted-comments.ts'
import { isOutside } from './same-member.ts'
import { isWrapper } from './wrappers.ts'

const FUNCTIONS: ReadonlySet<string> = new Set(['function', 'method'])
const INHERITING: ReadonlySet<Edge['kind']> = new Set([...INHERITANCES, 'overrides'])

/**
 * The merged component has the id of its main declaration and is the parent of all members, whatever their files.
 * Members of a namespace without an entry become members of the enclosing component.
 *
 * @param files - The files of the inventory.
 */
export function mergeDeclarations(analysis: Analysis, files: readonly SourceFile[]): Analysis {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const byParent = membersByParent(analysis.components)
  const membersOf = (id: string): readonly Component[] => byParent.get(id) ?? []
  const { components: declared, fileDocs } = moveCommentsInward(analysis.components, byPath, membersOf)
  const { merged, repeated } = groupsOf(declared, byPath, membersOf)
  const wholes = new Map(merged.map(wholeOf).map((whole) => [whole.id, whole]))
  /** The merged component, keyed by the id of each of its declarations. */
  const parts = new Map(merged.flatMap((all) => all.map(({ id }) => [id, wholes.get(all[0]?.id ?? '')] as const)))
  const membersOfAll = ({ id, declarations = [] }: Component): readonly Component[] =>
    declarations.length === 0 ? membersOf(id) : declarations.flatMap((one) => membersOf(one.id))
  const components = declared.flatMap((one) => (parts.has(one.id) ? (wholes.get(one.id) ?? []) : one))
  const wrappers = new Map(
    components.filter((one) => isWrapper(one, membersOfAll(one), byPath)).map((one) => [one.id, one]),
  )
  const isGone = (id: string): boolean => wrappers.has(parts.get(id)?.id ?? id)
  const idOf = (id: string): string | null => (isGone(id) ? null : (parts.get(id)?.id ?? id))
  const ownerOf = ownersIn(components, byPath, wrappers)
  const withParent = (component: Component): Component => {
    let { parent, exported } = component
    parent ??= ownerOf(component)
    for (let around = wrapperAt(parent); around !== undefined; around = wrapperAt(parent)) {
      parent = around.parent
      exported &&= around.exported
    }
    const owner = parent === null ? null : idOf(parent)
    const condition = component.condition ?? lostCondition(component.parent)
    const isSame = owner === component.parent && exported === component.exported && condition === component.condition
    return isSame
      ? component
      : { ...component, parent: owner, exported, ...(condition === undefined ? {} : { condition }) }
  }
  const declaredById = new Map(declared.map((one) => [one.id, one]))
  /** The condition of a declaration that the merged component does not have, since others have none. */
  const lostCondition = (id: string | null): string | undefined => {
    const condition = id === null ? undefined : declaredById.get(id)?.condition
    return condition === undefined || parts.get(id ?? '')?.condition === condition || !parts.has(id ?? '')
      ? undefined
      : condition
  }
  // Reopening a Ruby class to nest others in it does not export a class whose main part is hidden.
  const isHiddenPart = (id: string): boolean => {
    const whole = parts.get(id)
    return whole !== undefined && !whole.exported && whole.file.endsWith('.rb')
  }
  const wrapperAt = (id: string | null): Component | undefined =>
    id === null ? undefined : wrappers.get(parts.get(id)?.id ?? id)
  const fileOf = new Map([
    ...files.map(({ path }) => [path, path] as const),
    ...analysis.components.map(({ id, file }) => [id, file] as const),
  ])
  const isChanged = (id: string): boolean => parts.has(id) || repeated.has(id) || isGone(id)
  const changed = new Set(analysis.components.flatMap(({ id, file }) => (isChanged(id) ? [file] : [])))
  const { edges, sources } = joinEdges(
    analysis.edges,
    {
      isChanged,
      isDropped: ({ kind, to }) => kind === 'tests' && changed.has(to),
      // Code in the body of a namespace, or of a type outside its main file, runs when its file is loaded.
      from: ({ from, kind }) => {
        const id = idOf(from)
        const isOwn = id !== null && (INHERITING.has(kind) || fileOf.get(id) === fileOf.get(from))
        return isOwn ? id : (fileOf.get(from) ?? from)
      },
      to: (id) => idOf(repeated.get(id)?.id ?? id),
    },
    (edges) => testEdges(edges, fileOf, files).filter(({ to }) => changed.has(to)),
  )
  const reader = <T extends { reader: string | null; through: string | null }>(read: T): T => ({
    ...read,
    reader: read.reader === null ? null : idOf(read.reader),
    through: read.through === null ? null : idOf(read.through),
  })
  return {
    ...analysis,
    // Without a prototype: a file may be called `constructor`.
    fileDocs: Object.assign(Object.create(null), fileDocs, analysis.fileDocs),
    components: withoutPastedComments(components.filter(({ id }) => !wrappers.has(id)).map(withParent), edges),
    edges,
    occurrences: analysis.occurrences.regrouped(edges, sources, idOf),
    exports: renamedExports(analysis.exports, (id) => (isHiddenPart(id) ? null : idOf(id))),
    artifacts: {
      ...analysis.artifacts,
      edges: analysis.artifacts.edges.flatMap((edge) => {
        const [from, to] = [idOf(edge.from), idOf(edge.to)]
        return from === null || to === null ? [] : [{ ...edge, from, to }]
      }),
    },
    reads: analysis.reads.map(reader),
  }
}

/** Renames the targets of exports; a component that no longer exists is not exported. */
function renamedExports(exports: Analysis['exports'], idOf: (id: string) => string | null): Analysis['exports'] {
  const renamed: Analysis['exports'] = Object.create(null)
  for (const [path, names] of Object.entries(exports)) {
    renamed[path] = names.flatMap(({ name, to }): FileExport[] => {
      const id = to === null ? null : idOf(to)
      return to !== null && id === null ? [] : [{ name, to: id }]
    })
  }
  return renamed
}

function membersByParent(components: readonly Component[]): Map<string, Component[]> {
  const found = new Map<string, Component[]>()
  for (const component of components) if (component.parent !== null) push(found, component.parent, component)
  return found
}

/** The main declaration, completed by the others. For a member, the declaration in its class decides visibility. */
function wholeOf(all: readonly Component[]): Component {
  const [main] = all as [Component, ...Component[]]
  const declared = isOutside(main) ? all.find((one) => !isOutside(one)) : undefined
  const { signature, visibility, exported, parent } = declared ?? main
  // A `typedef` states the common name.
  const named = all.find(({ kind }) => kind === 'type')
  const isUndocumented = main.doc === null && main.details === undefined
  const documented = declared?.doc != null ? declared : isUndocumented ? all.find(({ doc }) => doc !== null) : undefined
  const places = all.map(({ id, file, startLine, endLine }) => ({ id, file, startLine, endLine }))
  const { condition, ...always } = main
  const isConditional = condition !== undefined && all.every((one) => one.condition === condition)
  const bases = all.flatMap((one) => (isConditional ? (one.bases ?? []) : basesOf(one)))
  return {
    ...(isConditional ? main : always),
    ...(documented === undefined ? {} : docOf(documented)),
    name: named?.name ?? main.name,
    qualifiedName: named?.qualifiedName ?? main.qualifiedName,
    signature: named?.signature ?? signature,
    visibility,
    parent,
    ...(bases.length > 0 && { bases }),
    exported: isMainShown(main) ? exported : all.some((one) => one.exported),
    declarations: places.sort((a, b) => compareText(a.file, b.file) || a.startLine - b.startLine),
  }
}

/** The supertypes that a declaration states, which depend on its condition. */
const basesOf = ({ bases = [], condition }: Component): StatedBase[] =>
  bases.map((base) => (condition === undefined ? base : { condition, ...base }))

/**
 * Whether the main declaration decides if the component is exported. Undocumented parts of a Ruby class may be reopened
 * elsewhere; for a C++ function, its class decides.
 */
function isMainShown({ kind, file }: Component): boolean {
  return FUNCTIONS.has(kind) || (kind === 'class' && file.endsWith('.rb'))
}

const docOf = ({ doc, details }: Component): Pick<Component, 'doc' | 'details'> => ({
  doc,
  ...(details === undefined ? {} : { details }),
})
