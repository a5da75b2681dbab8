/** The order of pages, in the set and in the sidebar: what users of the code read first, tests, examples and tools last. */

import { type Inventory, type Module, modulesOf } from '#generate/model.ts'
import type { TreeNode } from '#store/model.ts'
import type { PackedDraft } from './packed-draft.ts'

/** Drafted pages by what they are about, each list in reading order. */
export interface PageGroups {
  overview: PackedDraft
  api: readonly PackedDraft[]
  /** The repository's own documents, with their node of the sidebar. */
  guides: { drafts: readonly PackedDraft[]; node: TreeNode } | undefined
  modules: readonly Module[]
  /** The pages of each module, its own first, keyed by id. */
  ofModules: ReadonlyMap<string, readonly PackedDraft[]>
  commands: readonly PackedDraft[]
  calls: readonly PackedDraft[]
  /** The index of names, and its pages by letter. */
  names: readonly PackedDraft[]
  byLetter: readonly PackedDraft[]
  artifacts: readonly PackedDraft[]
}

/** Every page once, the overview first. */
export function pagesInOrder(groups: PageGroups, inventory: Inventory): PackedDraft[] {
  const { own, aside } = separateModules(groups.modules, inventory)
  const pagesOf = (modules: readonly Module[]) =>
    modules.flatMap((module) => modulesOf(module).flatMap(({ id }) => groups.ofModules.get(id) ?? []))
  const { overview, api, guides, commands, calls, names, byLetter, artifacts } = groups
  return [
    ...[overview, ...api, ...(guides?.drafts ?? []), ...pagesOf(own), ...commands, ...calls, ...names, ...byLetter],
    ...[...pagesOf(aside), ...artifacts],
  ]
}

/** The tree of the sidebar, in the same order, without the overview. */
export function sidebarTree(groups: PageGroups, inventory: Inventory): TreeNode[] {
  const { own, aside } = separateModules(groups.modules, inventory)
  const { api, guides, ofModules, commands, calls, names, byLetter, artifacts } = groups
  const last = [...nodesOf(aside, ofModules), ...artifacts.map((draft) => nodeOf(draft))]
  return [
    ...api.map((draft) => nodeOf(draft)),
    ...(guides === undefined ? [] : [guides.node]),
    ...nodesOf(own, ofModules),
    ...[...commands, ...calls].map((draft) => nodeOf(draft)),
    ...names.map((draft) => nodeOf(draft, byLetter)),
    ...last.map((node) => ({ ...node, aside: true as const })),
  ]
}

/** Modules, with the pages of their files below them. */
function nodesOf(modules: readonly Module[], pages: PageGroups['ofModules']): TreeNode[] {
  return modules.map((child) => ({
    title: child.title,
    file: `${child.slug}.md`,
    children:
      child.children.length > 0
        ? nodesOf(child.children, pages)
        : (pages.get(child.id) ?? []).slice(1).map((draft) => nodeOf(draft)),
  }))
}

function nodeOf({ title, file }: PackedDraft, below: readonly PackedDraft[] = []): TreeNode {
  return { title, file, children: below.map((draft) => nodeOf(draft)) }
}

/**
 * Separates the modules that users of the code read from those of tests, examples and tools.
 *
 * @returns `aside`: modules in which no file is code of the repository itself outside of folders such as `.github`. If all are,
 *   they are its own.
 */
export function separateModules(
  modules: readonly Module[],
  { files }: Inventory,
): { own: readonly Module[]; aside: readonly Module[] } {
  const code = new Set(files.flatMap(({ path, role }) => (role === 'code' && !path.startsWith('.') ? [path] : [])))
  const isOwn = (module: Module) => modulesOf(module).some((each) => each.files.some((file) => code.has(file)))
  const own = modules.filter(isOwn)
  return own.length === 0 ? { own: modules, aside: [] } : { own, aside: modules.filter((module) => !isOwn(module)) }
}
