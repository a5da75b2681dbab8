/** Disambiguates components with the same title by the shortest distinct end of their path: `main` (`cli/main.c`). */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { isNameless, titleOf, toEntry, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, refLink } from '#markdown/build.ts'

/** The shortest distinct end of the path of each component whose title occurs in several files, by id. */
const placesOf = memoized((repo: RepoIndex) => placesIn([...repo.components.values()]))

/** A link to the entry of a component, with its file where others have its title. */
export function toNamesake({ repo }: Writing, component: Component): Inline[] {
  const place = placesOf(repo).get(component.id)
  if (place !== undefined && isNameless(component)) return [refLink(refTo.component(component.id), code(place))]
  return place === undefined ? toEntry(component) : [...toEntry(component), ' (', code(place), ')']
}

function placesIn(components: readonly Component[]): Map<string, string> {
  const byTitle = new Map<string, Component[]>()
  for (const component of components) push(byTitle, titleOf(component), component)
  const places = new Map<string, string>()
  for (const same of byTitle.values()) {
    const files = new Set(same.map(({ file }) => file))
    if (files.size < 2) continue
    const counts = new Map<string, number>()
    for (const file of files) for (const end of endsOf(file)) counts.set(end, (counts.get(end) ?? 0) + 1)
    for (const { id, file } of same) places.set(id, endsOf(file).find((end) => counts.get(end) === 1) ?? file)
  }
  return places
}

/** `c.ts`, `b/c.ts`, `a/b/c.ts` */
function endsOf(path: string): string[] {
  const ends: string[] = []
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) ends.push(path.slice(at + 1))
  return [...ends, path]
}
