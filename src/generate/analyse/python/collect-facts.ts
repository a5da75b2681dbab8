/**
 * Collects the facts of each file that are needed before names are resolved: its outline, its exports, and the
 * variables that other files import from it. For unchanged files most of it comes from the cache.
 */

import type { Incidents } from '#generate/incidents.ts'
import { resolveExports } from './dunder-all.ts'
import type { FileFacts } from './facts.ts'
import { joinImportedMembers } from './imported-members.ts'
import type { KeptExports } from './kept-files.ts'
import { type Outline, outlineOf } from './outline.ts'
import type { OutlinedFile } from './part-values.ts'
import type { Program } from './program.ts'
import type { Source } from './sources.ts'

/**
 * Outlines all files, and gives definitions their ids.
 *
 * @param hasSameModules - Whether the modules are the same as when the outlines were cached.
 * @param pause - Called between files.
 * @returns Keyed by path; files that could not be read are missing.
 */
export async function collectFacts(
  program: Program,
  sources: ReadonlyMap<string, Source>,
  { hasSameModules, isKeeping, incidents }: { hasSameModules: boolean; isKeeping: boolean; incidents: Incidents },
  pause: () => Promise<unknown>,
): Promise<Map<string, OutlinedFile>> {
  const outlines = new Map<string, Outline>()
  /** Files whose exports may depend on other files. */
  const unsettled: FileFacts[] = []
  const about = { stage: 'analyse', fileOf: ([path]: [string, Source]) => path }
  const outlineOne = ([path, { kept }]: [string, Source]): void => {
    const isSettled = kept?.exports.isShared === false
    const facts = isSettled && hasSameModules ? undefined : program.files.get(path)
    if (!isSettled && facts !== undefined) unsettled.push(facts)
    const outline = hasSameModules && kept !== undefined ? kept.outline : facts && outlineOf(program, facts, isKeeping)
    if (outline !== undefined) outlines.set(path, outline)
  }
  await incidents.eachWithPauses(sources, about, outlineOne, pause)
  resolveExports(program, unsettled, incidents)
  const imported = joinImportedMembers([...outlines.values()].map(({ importedMembers }) => importedMembers))

  const present = new Map<string, OutlinedFile>()
  for (const [path, outline] of outlines) {
    const exports = sources.get(path)?.kept?.exports
    const settled = exports?.isShared === false ? exports : exportsOf(program.files.get(path))
    const names = imported.get(path)
    const listed = new Set(settled.names)
    const active = outline.dormant.filter((name) => names?.has(name) === true || listed.has(name))
    present.set(path, { outline, exports: settled, active })
  }
  program.files.identifyAll(program, imported)
  return present
}

function exportsOf(facts: FileFacts | undefined): KeptExports {
  const { names, isOpen } = facts?.exported ?? { names: null, isOpen: true }
  return {
    names: names === null ? null : [...names],
    isOpen,
    isShared: facts === undefined || facts.parts.rest.reads.size > 0,
  }
}
