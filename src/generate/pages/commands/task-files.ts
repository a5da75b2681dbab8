/** Reads the tasks of Taskfiles, the files of the runner `task`. */

import { at, entriesAt, textAt, textsOf } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import type { Recipe } from './just-recipes.ts'
import { PUBLISHES, SENDS } from './make-targets.ts'

export const TASKFILE = /^[Tt]askfile(?:\.dist)?\.ya?ml$/
export const TASKFILES = ['Taskfile', 'taskfile'].flatMap((name) => [`${name}.yml`, `${name}.yaml`])
/** Matches the names of tasks for CI and releases, and of those for the tools of developers. */
const FOR_MAINTAINERS = /^ci[-:]|(?:^|[-:])(?:changelog|snapshot|tools?|tool-\w{1,20})$/

/** The tasks that `task --list` shows: those with a description. */
export function readTasks(text: string): Recipe[] {
  return entriesAt(readYaml(text), 'tasks').flatMap(({ key, value }): Recipe[] => {
    const words = textAt(value, 'desc')?.trim() ?? ''
    const runs = [...textsOf(at(value, 'cmds')), ...textsOf(at(value, 'cmd'))]
    const isShown = words !== '' && !/\n|\{\{/.test(words) && at(value, 'internal')?.text !== 'true'
    return isShown && !PUBLISHES.test(key) && !FOR_MAINTAINERS.test(key) && !runs.some((one) => SENDS.test(one))
      ? [{ name: key, words, runs: '' }]
      : []
  })
}
