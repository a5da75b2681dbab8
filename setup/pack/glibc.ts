/** Which glibc a program or library asks for: what it runs on is decided by the machine that built it. */

import { readFile } from 'node:fs/promises'

/**
 * The newest version of glibc whose symbols any of the files names, such as `2.34`; `undefined` where none does, as on a
 * system without glibc.
 *
 * @param files - ELF files; other ones name none.
 */
export async function neededGlibc(files: readonly string[]): Promise<string | undefined> {
  let newest = 0
  for (const file of files) {
    // Version names stand whole, between two zeros, among the strings of the dynamic symbols.
    const text = (await readFile(file)).toString('latin1')
    for (const [, minor] of text.matchAll(/(?<=\0)GLIBC_2\.(\d+)(?:\.\d+)?(?=\0)/g))
      newest = Math.max(newest, Number(minor))
  }
  return newest === 0 ? undefined : `2.${newest}`
}
