/** Runs a compiler, or a program that stands on one, and gives what it prints. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const MAX_BYTES = 510 * 1_048_576
const MAX_MS = 3_600_000

/**
 * @param options - `env` is added to the environment.
 * @returns The lines of standard output.
 * @throws The program is not there, fails, or takes longer than ten minutes.
 */
export function linesOf(
  program: string,
  words: readonly string[],
  options: { env?: Record<string, string> } = {},
): string[] {
  const text = execFileSync(program, words, {
    encoding: 'utf8',
    maxBuffer: MAX_BYTES,
    timeout: MAX_MS,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...options.env },
  })
  return text.split('\n').filter((line) => line !== '')
}

export function isInstalled(program: string, ...words: string[]): boolean {
  try {
    execFileSync(program, words, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A folder for the time of one judgement. */
export function inTemporary<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'accuracy-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns The path of a new file with these lines. */
export function listIn(folder: string, name: string, lines: readonly string[]): string {
  const file = path.join(folder, name)
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  return file
}
