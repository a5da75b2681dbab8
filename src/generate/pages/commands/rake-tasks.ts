/** What `rake` runs without a name, and whether a Rakefile has tasks whose names it does not tell. */

const MAX_TEXT = 200_000
/** Tasks that a library names, that are made in a loop or from a variable, or that other files define. */
const UNTOLD =
  /\b(?:bundler\/gem_tasks|install_tasks|load_tasks|Rake\.add_rakelib|Gem::PackageTask|Rake::ExtensionTask)\b|^[ \t]{0,40}(?:import|load)[ (]|^[ \t]{0,40}(?:namespace|(?:multi)?task|file)[ (]{1,3}(?![ (:"'])(?!\w{1,60}:)|^[ \t]{0,40}(?:namespace|(?:multi)?task)[ (]{1,3}:?"[^"\n]{0,80}#\{|\.rake\b/m

/** Whether there are tasks that only `rake -T` lists. */
export const hasUntoldTasks = (text: string): boolean => UNTOLD.test(text.slice(0, MAX_TEXT))

/** `task default: [:rubocop, :test]` runs `rubocop, test`. */
export function defaultTasks(text: string): string | undefined {
  const [, list = ''] =
    /^task[ (]{1,3}(?::?default|["']default["'])(?::| *=>) *(\[[^\]\n]{1,300}\]|[%:"'][^\n]{1,100})/m.exec(
      text.slice(0, MAX_TEXT),
    ) ?? []
  const names = list.replace(/^%[iw]/, '').match(/\w[\w:]{0,60}/g)
  return names === null ? undefined : names.join(', ')
}
