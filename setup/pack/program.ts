/** Assembles the folder of the program for the archive and the single executable. `native.ts` adds native modules. */

import { chmod, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { bundle, THREADS } from '../../src/bundle.js'
import { collectLicences } from './licences.ts'
import { findNeededFiles, NOT_BUNDLED } from './needed-files.ts'

/** The folder of the bundle below the program's folder: as deep as in the checkout, because it finds files by relative paths. */
export const BUNDLE = 'dist/program'

/**
 * @param root - The checkout.
 * @param folder - The folder to create; an existing one is replaced.
 * @throws If a package is missing.
 */
export async function assembleProgram(root: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  const made = path.join(root, `dist/making-program-${process.pid}`)
  try {
    const metafile = await bundle(['src/main.ts', ...THREADS], made, {
      define: { PACKED_AS: '"./docspool"' },
      external: NOT_BUNDLED,
      minifySyntax: true,
      minifyWhitespace: true,
    })
    const files = await findNeededFiles(root, made)
    for (const file of files) {
      const target = path.join(folder, file)
      await mkdir(path.dirname(target), { recursive: true })
      await copyFile(path.join(root, file), target)
      await chmod(target, 0o644)
    }
    const inBundle = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
    await writeFile(path.join(folder, 'LICENCES.txt'), await collectLicences(root, [...inBundle, ...files]))
    await mkdir(path.join(folder, path.dirname(BUNDLE)), { recursive: true })
    await rename(made, path.join(folder, BUNDLE))
  } finally {
    await rm(made, { recursive: true, force: true })
  }
  await writeFile(path.join(folder, 'package.json'), '{ "name": "docspool", "private": true, "type": "module" }\n')
}
