/** Badges as SVG: two fields side by side, with the same text for screen readers; nothing is loaded from elsewhere. Pure. */

import { xml } from '#http/atom.ts'
import { formatCount } from '#templates/format.ts'
import type { Lag } from '#templates/version-bar.tsx'

export type BadgeColour = 'good' | 'fair' | 'old' | 'unknown'

/** Contrast of at least 4.5 with white. */
const COLOURS: Readonly<Record<BadgeColour, string>> = {
  good: '#17692f',
  fair: '#7a4d00',
  old: '#a8221a',
  unknown: '#56625c',
}

const DAY_MS = 86_400_000
const MAX_CHARS = 40
/** Characters whose approximate width in Verdana at 11 px differs from the usual one. */
const NARROW = new Set("fijlrtI.,:;'|! ()[]/-")
const WIDE = new Set('mwMW@%')

/** Whole days; `null` if unknown. */
export type Age = number | null

export const ageOf = (at: string | null, now: number): Age =>
  at === null ? null : Math.max(0, Math.floor((now - Date.parse(at)) / DAY_MS))

/** `today`, `yesterday`, `12 days ago`, `5 months ago`. */
export function ageText(days: number): string {
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days < 60) return `${days} days ago`
  const months = Math.round(days / 30.44)
  return months < 24 ? `${months} months ago` : `${Math.max(2, Math.floor(days / 365.25))} years ago`
}

/** @param lag - Shown for branches only, because a release does not change. */
export function versionBadge(name: string, age: Age, lag?: Lag | null): string {
  const behind = lag?.of !== 'branch' || lag.commits === null ? '' : `, ${formatCount(lag.commits)} behind`
  const text = age === null ? name : `${name}, ${ageText(age)}${behind}`
  return badge('docs', text, age === null ? 'unknown' : age <= 30 ? 'good' : age <= 180 ? 'fair' : 'old')
}

/** @param counts - Counts of definitions in the public API; absent in sets of older versions. */
export function shareBadge(counts: { definitions: number; documented: number } | undefined): string {
  if (counts === undefined || counts.definitions === 0) return badge('API documented', 'unknown', 'unknown')
  const share = Math.floor((100 * counts.documented) / counts.definitions)
  return badge('API documented', `${share} %`, share >= 80 ? 'good' : share >= 50 ? 'fair' : 'old')
}

export function badge(label: string, value: string, colour: BadgeColour): string {
  const [left, right] = [label, value].map((text) => ({ text: cut(text), width: widthOf(cut(text)) + 12 })) as [
    Field,
    Field,
  ]
  const width = left.width + right.width
  const description = xml(`${left.text}: ${right.text}`)
  const field = ({ text, width: own }: Field, from: number): string =>
    `<text x="${from + own / 2}" y="14" textLength="${own - 12}" lengthAdjust="spacingAndGlyphs">${xml(text)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${description}">`,
    `<title>${description}</title>`,
    `<clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${left.width}" height="20" fill="#3b4642"/><rect x="${left.width}" width="${right.width}" height="20" fill="${COLOURS[colour]}"/></g>`,
    `<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${field(left, 0)}${field(right, left.width)}</g>`,
    '</svg>\n',
  ].join('')
}

interface Field {
  text: string
  width: number
}

function cut(text: string): string {
  const characters = [...text]
  return characters.length <= MAX_CHARS ? text : `${characters.slice(0, MAX_CHARS - 1).join('')}…`
}

function widthOf(text: string): number {
  const all = [...text].reduce((sum, sign) => sum + (NARROW.has(sign) ? 4.2 : WIDE.has(sign) ? 10 : 7), 0)
  return Math.round(all)
}
