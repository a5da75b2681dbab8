/** The usual commands of Meson, with the option that its tests need. */

import { hasText } from '#base/find-text.ts'
import type { SourceFile } from '#generate/model.ts'
import { type Command, lines } from './command.ts'
import { type Conditions, optionsAround } from './option-guards.ts'

const MAX_CHARS = 200_000
const BUILD = /(?:^|\/)meson\.build$/
/** Matches a test: `test('list', …)`, `rust.test('list', …)`. */
const TEST = /^[ \t]*(?:\w{1,40}\.)?test[ \t]*\(/
/** Matches an option that is off by default. */
const OFF =
  /^[ \t]{0,20}option[ \t]{0,9}\(\s{0,40}'([\w-]{1,80})'(?=[^)]{0,600}'boolean')[^)]{0,600}\bvalue\s{0,9}:\s{0,9}'?false/gm
const CONDITIONS: Conditions = {
  opens: /^\s{0,40}if\s{1,4}(.{0,200})$/,
  turns: /^\s{0,40}(?:else|elif)\b/,
  closes: /^\s{0,40}endif\b/,
  option: /^get_option\(\s{0,4}'([\w-]{1,80})'\s{0,4}\)$/,
}

/** @param files - All files of the repository. */
export function ofMeson(files: readonly SourceFile[]): Command[] {
  const textOf = (path: string): string => files.find((one) => one.path === path)?.text?.slice(0, MAX_CHARS) ?? ''
  const options = `${textOf('meson_options.txt')}\n${textOf('meson.options')}`
  const off = new Set([...options.matchAll(OFF)].map(([, name = '']) => name))
  const top = textOf('meson.build')
  const needs = files.flatMap(({ path, text }): (readonly string[])[] => {
    const own = BUILD.test(path) ? optionsAround(text ?? '', (line) => TEST.test(line), off, CONDITIONS) : undefined
    const enters = `subdir('${path.split('/', 1)[0]}`
    const isEntered = (line: string): boolean => line.trimStart().startsWith(enters)
    // Names of folders may be computed.
    const folder = hasText(top, enters) ? optionsAround(top, isEntered, off, CONDITIONS) : []
    return own === undefined || folder === undefined ? [] : [[...new Set([...folder, ...own])]]
  })
  const [least] = needs.sort((a, b) => a.length - b.length)
  const isTested = least !== undefined && least.length <= 1
  const setup = ['meson setup build', ...(isTested ? least.map((name) => `-D${name}=true`) : [])].join(' ')
  return lines(setup, 'meson compile -C build', ...(isTested ? ['meson test -C build'] : []))
}
