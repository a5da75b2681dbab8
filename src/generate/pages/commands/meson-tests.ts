/** Finds out whether `meson test` has tests to run. */

import type { SourceFile } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'

/** `test('list', …)`, `rust.test('list', …)` */
const TEST = /^[ \t]{0,40}(?:\w{1,40}\.)?test[ \t]{0,4}\(/
const SUBDIR = /^[ \t]{0,40}subdir\([ \t]{0,4}'([^']{1,200})'/
const OPENS = /^[ \t]{0,40}if\b(?: get_option\([ \t]{0,4}'([^']{1,80})'[ \t]{0,4}\)[ \t]{0,4}$)?/
const CLOSES = /^[ \t]{0,40}endif\b/
const TURNS = /^[ \t]{0,40}(?:else|elif)\b/
/** `option('test', type: 'boolean', value: false)` */
const OFF = /^[ \t]{0,40}option\([ \t]{0,4}'([^']{1,80})'[^\n]{0,400}\bvalue[ \t]{0,4}:[ \t]{0,4}false\b/gm
const MAX_CHARS = 200_000

/** Whether a `meson.build`, at the top or below, declares a test that no option switches off. */
export function hasMesonTests(files: readonly SourceFile[]): boolean {
  const options = files.filter(({ path }) => /^meson(?:_options\.txt|\.options)$/.test(path))
  const off = new Set(
    options.flatMap(({ text }) => [...(text ?? '').slice(0, MAX_CHARS).matchAll(OFF)].map(([, name = '']) => name)),
  )
  const builds = files.filter(({ path }) => /(?:^|\/)meson\.build$/.test(path))
  const left: string[] = []
  const isTested = builds.map((build) => {
    const { path } = build
    const open: boolean[] = []
    let isFound = false
    for (const line of (build.text ?? '').slice(0, MAX_CHARS).split('\n')) {
      const opens = OPENS.exec(line)
      if (opens !== null) open.push(off.has(opens[1] ?? ''))
      else if (CLOSES.test(line)) open.pop()
      else if (TURNS.test(line)) open.splice(-1, 1, false)
      else if (!open.includes(true)) isFound ||= TEST.test(line)
      else {
        const [, folder] = SUBDIR.exec(line) ?? []
        if (folder !== undefined) left.push([folderOf(path), folder].filter((part) => part !== '').join('/'))
      }
    }
    return isFound
  })
  return builds.some(
    ({ path }, at) => isTested[at] === true && !left.some((folder) => `${path}/`.startsWith(`${folder}/`)),
  )
}
