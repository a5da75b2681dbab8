/** Reads the default tasks of a Rakefile, and whether it has tasks with unknown names. */

const MAX_TEXT = 200_000
/** Matches definitions of tasks by a library, a loop, a variable, or another file. */
const UNTOLD =
  /\b(?:bundler\/gem_tasks|install_tasks|load_tasks|Rake\.add_rakelib|Gem::PackageTask|Rake::ExtensionTask)\b|^[ \t]{0,40}(?:import|load)[ (]|^[ \t]{0,40}(?:namespace|(?:multi)?task|file)[ (]{1,3}(?![ (:"'])(?!\w{1,60}:)|^[ \t]{0,40}(?:namespace|(?:multi)?task)[ (]{1,3}:?"[^"\n]{0,80}#\{|\.rake\b/m

/** Whether there are tasks that only `rake -T` can list. */
export const hasUntoldTasks = (text: string): boolean => UNTOLD.test(text.slice(0, MAX_TEXT))

/** The tasks that the default task runs: `rubocop, test` for `task default: [:rubocop, :test]`. */
export function defaultTasks(text: string): string | undefined {
  const [, list = ''] =
    /^task[ (]{1,3}(?::?default|["']default["'])(?::| *=>) *(\[[^\]\n]{1,300}\]|[%:"'][^\n]{1,100})/m.exec(
      text.slice(0, MAX_TEXT),
    ) ?? []
  const names = list.replace(/^%[iw]/, '').match(/\w[\w:]{0,60}/g)
  return names === null ? undefined : names.join(', ')
}
