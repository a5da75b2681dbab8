/** Finds the entry points of a repository: programs and entries of its manifests, and files named after it. */

import type { Analysis } from '#generate/model.ts'
import { baseName, isHead, isStandIn, isTool } from './names.ts'
import type { Unit } from './units.ts'

/**
 * @param name - The repository's name.
 * @returns Paths of main code.
 */
export function entriesOf(units: readonly Unit[], { artifacts, components }: Analysis, name: string): Set<string> {
  const code = units.filter((unit) => unit.isCode && !isTool(unit.path)).map(({ path }) => path)
  const known = new Set(code)
  const manifests = artifacts.nodes.filter(({ file, kind }) => !file.includes('/') && /^(?:package|target)$/.test(kind))
  const atTop = new Set(manifests.map(({ id }) => id))
  const named = artifacts.edges.filter(
    ({ from, to, kind }) => kind !== 'depends-on' && atTop.has(from) && known.has(to),
  )
  const stem = (path: string): string =>
    baseName(path)
      .replace(/\.[^.]+$/, '')
      .toLowerCase()
  const own = code.filter((path) => !isStandIn(path))
  const first = [
    ...named.map(({ to }) => to),
    ...shallowest(own.filter(isHead)),
    ...shallowest(own.filter((path) => stem(path) === name.toLowerCase())),
  ]
  const isNamed = code.some((path) => path.toLowerCase().split('/').includes(name.toLowerCase()))
  if (first.length > 0 || isNamed) return new Set(first)
  return new Set(components.filter((one) => /^main$/i.test(one.name) && known.has(one.file)).map(({ file }) => file))
}

function shallowest(paths: readonly string[]): string[] {
  const depth = (path: string): number => path.split('/').length
  const least = paths.reduce((found, path) => Math.min(found, depth(path)), Number.POSITIVE_INFINITY)
  return paths.filter((path) => depth(path) === least)
}
