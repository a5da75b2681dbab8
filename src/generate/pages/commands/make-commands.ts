/** Turns the targets of a Makefile into commands. */

import { at } from '#generate/formats/located.ts'
import { readSections } from '#generate/formats/read-ini.ts'
import { readToml } from '#generate/formats/read-toml.ts'
import type { SourceFile } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Command, type Here, PLAIN } from './command.ts'
import { defaultTarget, listingTarget, type MakeTarget, workTargets } from './make-targets.ts'
import { readMakeTargets } from './makefile.ts'
import { byUse, MAX_RUNS } from './script-order.ts'
import { TASKFILES } from './task-files.ts'

const EXPLAINS_ITSELF = /^(?:bench|build|check|clean|coverage|docs?|fmt|format|install|lint|tests?)$/

/** Matches targets that remove a part of what was built. */
const CLEANS_PART = /^clean[-_]/

const RUNS_TASK = /^\t[@-]{0,2}(?:\$[({]TASK[)}]|task)(?:\s|$)/m

/** The default target, then targets with comments, then all others that build, test or check. */
export function ofMake({ text: whole, path: file }: SourceFile, { writing, has }: Here): Command[] {
  const text = whole ?? ''
  // The Makefile only wraps the Taskfile.
  if (TASKFILES.some(has) && RUNS_TASK.test(text)) return []
  const folder = file.slice(0, -nameOf(file).length)
  const lists = listingTarget(text)
  const goal = defaultTarget(text)
  const targets = new Map(workTargets(text).map((one) => [one.name, one]))
  const words = (text.match(/^\t.*/gm) ?? []).flatMap((line) => line.split(/[^\w./-]+/))
  const isMissing = (runs: string): boolean => {
    const [, path = ''] = /(?:^|\s)(?:cd|serve|-C)\s{1,9}(?:\.\/)?([\w-][\w./-]{0,80}?)\/?(?=\s|$)/.exec(runs) ?? []
    // A path that another line names may be created by that line.
    const isOnce =
      path !== '' && words.filter((word) => `${word.replace(/^\.\//, '')}/`.startsWith(`${path}/`)).length === 1
    return isOnce && !writing.inventory.files.some((one) => `${one.path}/`.startsWith(`${folder}${path}/`))
  }
  const lacks = ({ needs }: MakeTarget): boolean => needs !== undefined && !hasSettings(writing, needs)
  const commands = byUse(readMakeTargets(text).map(([name]) => [name, targets.get(name)?.runs ?? '']))
    .filter(({ name }) => `make ${name}` !== lists && name !== goal?.name && !isMissing(targets.get(name)?.runs ?? ''))
    .map(({ name, isOmitted }): Command => {
      const target = targets.get(name)
      const { words = '', runs = '', isProgram = false } = target ?? {}
      const isLeftOut =
        target === undefined ||
        lacks(target) ||
        CLEANS_PART.test(name) ||
        !isExplained(target) ||
        (isOmitted && words === '' && !isProgram)
      return {
        line: isProgram ? `make ${name} && ./${name}` : `make ${name}`,
        words,
        runs,
        ...(isLeftOut ? { isOmitted: true } : {}),
      }
    })
  // Installation comes after the build.
  const rank = ({ line, words }: Command): number => (line === 'make install' ? 2 : words === '' ? 1 : 0)
  const sorted = commands.sort((a, b) => rank(a) - rank(b))
  const first = goal === undefined || lists === 'make' ? undefined : targets.get(goal.name)
  const own = first !== undefined && (isExplained(first) || (goal?.needs.length ?? 0) > 0) ? first : undefined
  if (own === undefined && sorted.every(({ isOmitted }) => isOmitted)) return []
  const listed = lists === undefined ? [] : [{ line: lists, words: writing.texts.launch.listsTasks }]
  return [...(goal === undefined || own === undefined ? [] : [goalCommand(goal, own)]), ...listed, ...sorted]
}

/** Whether a target is explained by a comment, a short recipe, or its name. */
const isExplained = ({ name, words, runs, isProgram }: MakeTarget): boolean =>
  words !== '' || (runs !== '' && runs.length <= MAX_RUNS) || isProgram || EXPLAINS_ITSELF.test(name)

function goalCommand({ needs }: { needs: readonly string[] }, { name, words, runs, isProgram }: MakeTarget): Command {
  // The target's name is clearer than `make` alone.
  if (isProgram) return { line: `make ${name} && ./${name}`, words, runs }
  if (!/^(?:all|(?:\w{1,40}-)?default|everything|main)$/.test(name)) return { line: `make ${name}`, words, runs }
  return { line: 'make', words, runs: runs === '' && words === '' && needs.every(isPlain) ? needs.join(', ') : runs }
}

/** Whether the repository has settings for a Python test runner. */
const hasSettings = ({ repo }: Writing, runner: 'tox' | 'nox'): boolean =>
  runner === 'nox'
    ? repo.files.has('noxfile.py')
    : repo.files.has('tox.ini') ||
      at(readToml(repo.files.get('pyproject.toml')?.text ?? ''), 'tool', 'tox') !== undefined ||
      readSections(repo.files.get('setup.cfg')?.text ?? '').has('tox:tox')

const isPlain = (name: string): boolean => PLAIN.test(name)
