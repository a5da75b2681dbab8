/** Tasks of a Rakefile that no `task` names: those that libraries define, and what runs without a name. */

const USUAL: ReadonlyMap<string, string> = new Map([
  ['Rake::TestTask', 'test'],
  ['Minitest::TestTask', 'test'],
  ['RSpec::Core::RakeTask', 'spec'],
  ['RuboCop::RakeTask', 'rubocop'],
  ['YARD::Rake::YardocTask', 'yard'],
  ['Cucumber::Rake::Task', 'cucumber'],
])
const MAX_TEXT = 200_000

/** `Rake::TestTask.new`, `RSpec::Core::RakeTask.new(:spec)`; in a namespace with its name before them. */
export function libraryTasks(text: string): string[] {
  const found: string[] = []
  const spaces: { name: string; indent: number }[] = []
  for (const line of text.slice(0, MAX_TEXT).split('\n')) {
    const indent = line.length - line.trimStart().length
    const trimmed = line.trim().slice(0, 300)
    if (/^end\b/.test(trimmed) && spaces.at(-1)?.indent === indent) spaces.pop()
    const [, space] = /^namespace[ (]{1,3}[:"'](\w{1,60})["']?\)? do$/.exec(trimmed) ?? []
    if (space !== undefined) spaces.push({ name: space, indent })
    const [, library = '', name] =
      /^([A-Z][\w:]{0,60})\.(?:new|create)\b[ (]{0,3}(?:[:"'](\w{1,60}))?/.exec(trimmed) ?? []
    const task = USUAL.get(library)
    // In another block it may not be defined at all.
    if (task === undefined || indent > (spaces.at(-1)?.indent ?? -1) + (spaces.length === 0 ? 1 : 4)) continue
    found.push([...spaces.map((one) => one.name), name ?? task].join(':'))
  }
  return found
}

/** `task default: [:rubocop, :test]` runs `rubocop, test`. */
export function defaultTasks(text: string): string | undefined {
  const [, list = ''] =
    /^task[ (]{1,3}(?::?default|["']default["'])(?::| *=>) *(\[[^\]\n]{1,300}\]|[%:"'][^\n]{1,100})/m.exec(
      text.slice(0, MAX_TEXT),
    ) ?? []
  const names = list.replace(/^%[iw]/, '').match(/\w[\w:]{0,60}/g)
  return names === null ? undefined : names.join(', ')
}
