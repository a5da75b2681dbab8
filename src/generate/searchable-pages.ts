/** Prepares the pages of a set as input for its search index. Pure. */

import type { PageResult } from '#markdown/render-pages.ts'
import type { SearchablePage } from '#search/build-index.ts'
import type { Standing } from '#search/search-weights.ts'
import type { Module, Page } from './model.ts'

/** Pages that are indexes of names can only be found by their titles; otherwise every name would match them. */
export function searchablePages(
  pages: readonly Page[],
  rendered: readonly PageResult[],
  root: Module,
  standings: ReadonlyMap<string, Standing>,
): SearchablePage[] {
  const modules = new Map<string, Standing>()
  function classify(module: Module): Standing {
    const inside = [...module.children.map(classify), ...module.files.map((file) => standings.get(file) ?? 'own')]
    const isOwn = inside.length === 0 || inside.includes('own')
    const standing = isOwn ? 'own' : inside.includes('aside') ? 'aside' : 'test'
    modules.set(module.id, standing)
    return standing
  }
  classify(root)
  return pages.map(({ file, title, module, about }, index) => {
    const { headings = [], sections = [] } = about === 'symbols' ? {} : (rendered[index] ?? {})
    const standing = about === 'symbols' ? 'aside' : module === null ? 'own' : (modules.get(module) ?? 'own')
    return { file, title, headings, sections, standing, isGuide: about === 'guide' }
  })
}
