/** Finds the version of glibc that a program or library needs, which depends on the machine that built it. */

import { readFile } from 'node:fs/promises'

/**
 * The newest version of glibc symbols that the files use, such as `2.34`; `undefined` if none does, as on a system without glibc.
 *
 * @param files - ELF files; others are ignored.
 */
export async function neededGlibc(files: readonly string[]): Promise<string | undefined> {
  let newest = 0
  for (const file of files) {
    // Version names are zero-terminated strings in the string table of the dynamic symbols.
    const text = (await readFile(file)).toString('latin1')
    for (const [, minor] of text.matchAll(/(?<=\0)GLIBC_2\.(\d+)(?:\.\d+)?(?=\0)/g))
      newest = Math.max(newest, Number(minor))
  }
  return newest === 0 ? undefined : `2.${newest}`
}
