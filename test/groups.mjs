/**
 * Puts test files into fewer processes: starting one and loading what it tests takes longer than most files' tests.
 *
 * Neighbouring files of one folder of `test/` share a process, at most `MOST` of them. A file gets one of its own when it changes
 * what others would see, or looks at what they left: hooks for the whole process, its environment, its folder, its memory, what is
 * loaded, mocks. Files that measure processor time share one with their like, which leave nothing running.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const MOST = 12
const NEEDS_ITS_OWN =
  /^(?:before|after)(?:Each)?\(|\bmock\.|\bprocess\.(?:chdir|exitCode|on|once|kill|memoryUsage|resourceUsage)\b|\bprocess\.env(?:\.\w+|\[[^\]\n]+\])? = |\bdelete process\.env\b|\bassign\(process\.env\b|\bcreateRequire\(/m
const MEASURES_TIME = /\bprocess\.cpuUsage\b/

/**
 * @param {string} root - The folder that `files` are relative to.
 * @param {readonly string[]} files - Sorted.
 * @returns {{ paths: string[], folder: string }} What Node's runner is given: test files, and files in the new `folder`, each of which imports a group.
 */
export function grouped(root, files) {
  const folder = mkdtempSync(join(tmpdir(), 'docspool-tests-'))
  const groups = []
  const open = new Map()
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    const isAlone = NEEDS_ITS_OWN.test(text)
    const kind = `${file.split('/', 2).join('/')} ${MEASURES_TIME.test(text)}`
    const group = isAlone ? undefined : open.get(kind)
    if (group !== undefined && group.length < MOST) group.push(file)
    else {
      groups.push([file])
      if (!isAlone) open.set(kind, groups.at(-1))
    }
  }
  const paths = groups.map((group, at) => {
    if (group.length === 1) return group[0]
    const path = join(folder, `${String(at).padStart(3, '0')}-${group[0].split('/', 2).join('-')}.test.mjs`)
    writeFileSync(
      path,
      group.map((file) => `await import(${JSON.stringify(pathToFileURL(join(root, file)).href)})\n`).join(''),
    )
    return path
  })
  return { paths, folder }
}
