/** Finds out from the headings and the prose above commands what they are for, and for whom. */

import type { CodeBlock } from './document-blocks.ts'

/** `other` stands for releases, deployment and the like. */
export type Topic = 'install' | 'work' | 'other'

const ON_INSTALLATION =
  /\b(?:install(?:ation|ing)?|getting started|quick ?start|get started|usage with docker|using docker|docker)\b/i
const ON_WORK =
  /\b(?:build(?:ing)?|compil\w+|contribut\w+|develop\w*|hack(?:ing)?|running|run|setup|set ?up|setting up|tests?|testing|lint\w*|local(?:ly)?)\b/i
/** Matches titles about releases, upgrades and debugging, whose commands are for other readers. */
const ON_OTHERS =
  /\b(?:releas\w+|publish\w*|deploy\w*|upgrad\w+|uninstall\w*|troubleshoot\w*|commit\w*|debug\w*|pull request\w*|benchmark\w*|translat\w+|websites?)\b/i
/** Matches titles and prose above commands that are not for running. */
const NOT_RUN = /\breference only\b|\b(?:do not|don't|never) run(?: (?:it|these|them|this)\b|$|[).:])/i
/** Matches prose above commands for rare changes to the repository: "if you need to bump a dependency, use". */
const FOR_UPDATES =
  /\b(?:bump|regenerat|updat|upgrad)\w{0,5}\b.{0,80}\b(?:dependenc\w{1,4}|lock ?files?|snapshots?|baselines?)\b.{0,100}(?:[:,]|\b(?:by|execute|run|use|with))$/i
/** Matches prose above commands that not everybody runs: "If you don't have Docker, use", "To build it without Docker, when you …". */
const IS_CONDITIONAL = /(?:\b(?:[Ii]f|[Ww]hen) you\b|(?:^| )(?:Alternatively|Or)\b)[^.]{0,200}:$/
/** Matches section titles for other operating systems. */
const OTHER_SYSTEM = /\b(?:windows|mac(?: ?os)?|osx)\b/i

/** The topic of the nearest title that has one; `undefined` if none has. */
export function topicOf(titles: readonly string[]): Topic | undefined {
  return titles.map(topicOfTitle).findLast((one) => one !== undefined)
}

function topicOfTitle(title: string): Topic | undefined {
  if (ON_OTHERS.test(title)) return 'other'
  // Such as "Installing from source", "Docker development".
  if (ON_WORK.test(title) && !/^\W*install/i.test(title)) return 'work'
  if (/\bsource\b/i.test(title)) return 'work'
  return ON_INSTALLATION.test(title) ? 'install' : undefined
}

/** Whether a command itself says that it builds, runs or sets up something. */
export const isWork = (command: string): boolean => ON_WORK.test(command)

/** Whether the commands are not to be run, or only on other systems or by some readers. */
export function isForFew({ titles, before }: CodeBlock, isForInstall: boolean): boolean {
  const prose = before.trimEnd().split('\n').slice(-2).join(' ')
  return (
    isForOtherSystem(titles.at(-1) ?? '') ||
    isForOtherSystem(labelIn(before)) ||
    [...titles, prose].some((one) => NOT_RUN.test(one)) ||
    FOR_UPDATES.test(prose) ||
    (!isForInstall && IS_CONDITIONAL.test(prose))
  )
}

/** Whether a title or label names only systems that most readers do not have. */
const isForOtherSystem = (label: string): boolean =>
  OTHER_SYSTEM.test(label) && !/\b(?:linux|ubuntu|unix)\b/i.test(label)

/** The bold line or short label right above a block: `**Windows (all):**`, `On Windows:`. */
const labelIn = (before: string): string =>
  /(?:^|\n)[ \t]{0,8}((?:[-*+][ \t])?(?:\*\*[^*\n]{1,60}\*\*:?|[\w()/, .]{1,40}:))\s{0,9}$/.exec(
    before.slice(-200),
  )?.[1] ?? ''
