/** The commands of a Rakefile: its default, its tests and checks, its other tasks. */

import type { SourceFile } from '#generate/model.ts'
import type { Command, Here } from './command.ts'
import { named, scripts } from './script-commands.ts'

/** Limit on the tasks of a Rakefile, besides the command that lists all. */
const MAX_TASKS = 6
/** Matches tasks that test or check. */
const CHECKS = / (?:tests?|specs?|features|cucumber|lint|rubocop|standard|check|verify)(?::[\w:-]{1,60})?$/
const MAX_TEXT = 200_000
/** Matches definitions of tasks by a library, a loop, a variable, or another file. */
const UNTOLD =
  /\b(?:bundler\/gem_tasks|install_tasks|load_tasks|Rake\.add_rakelib|Gem::PackageTask|Rake::ExtensionTask)\b|^[ \t]{0,40}(?:import|load)[ (]|^[ \t]{0,40}(?:namespace|(?:multi)?task|file)[ (]{1,3}(?![ (:"'])(?!\w{1,60}:)|^[ \t]{0,40}(?:namespace|(?:multi)?task)[ (]{1,3}:?"[^"\n]{0,80}#\{|\.rake\b/m

/**
 * The default task of `rake`, then tests and checks, then other tasks; ends with the command that lists all tasks if some
 * names are unknown.
 */
export function ofRake(file: SourceFile, { writing, has }: Here): Command[] {
  const rake = has('Gemfile') ? 'bundle exec rake' : 'rake'
  const targets = writing.analysis.artifacts.nodes.filter((node) => node.file === file.path && node.kind === 'target')
  const tasks = [...new Set(targets.map(({ name }) => name))].filter((name) => name !== 'default')
  const needs = defaultTasks(file.text ?? '')
  const sorted = scripts(named(tasks), (name) => `${rake} ${name}`)
  const isCheck = ({ line }: Command): boolean => CHECKS.test(line)
  const commands = [
    ...(needs === undefined ? [] : [{ line: rake, runs: needs }]),
    ...sorted.filter(isCheck),
    ...sorted.filter((one) => !isCheck(one)),
  ]
  if (!hasUntoldTasks(file.text ?? '')) return commands
  // The number of tasks is unknown.
  const shown = commands.filter(({ isOmitted }) => isOmitted !== true).slice(0, MAX_TASKS)
  return shown.length === 0 ? [] : [...shown, { line: `${rake} -T`, words: writing.texts.launch.listsTasks }]
}

/** Whether there are tasks that only `rake -T` can list. */
const hasUntoldTasks = (text: string): boolean => UNTOLD.test(text.slice(0, MAX_TEXT))

/** The tasks that the default task runs: `rubocop, test` for `task default: [:rubocop, :test]`. */
function defaultTasks(text: string): string | undefined {
  const [, list = ''] =
    /^task[ (]{1,3}(?::?default|["']default["'])(?::| *=>) *(\[[^\]\n]{1,300}\]|[%:"'][^\n]{1,100})/m.exec(
      text.slice(0, MAX_TEXT),
    ) ?? []
  const names = list.replace(/^%[iw]/, '').match(/\w[\w:]{0,60}/g)
  return names === null ? undefined : names.join(', ')
}
