/** The folder of the packed program, as it stands in the archive and in the cache of the single executable. */

import { chmod, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { bundle, THREADS } from '../../src/bundle.js'
import { hashSources } from '../../src/generate/analyse/results-cache.ts'
import { collectLicences } from './licences.ts'
import { APART, findNeededFiles } from './needed-files.ts'

/** Where the bundle stands below the program's folder: as deep as below the checkout, since it finds files from there. */
const BUNDLE = 'dist/program'

/**
 * @param root - The checkout.
 * @param folder - To be made; what is there goes.
 * @throws A package or a build of nodegit that is not there.
 */
export async function assembleProgram(root: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  const made = path.join(root, `dist/making-program-${process.pid}`)
  const define = { PACKED_AS: '"./docspool"', PACKED_ANALYSER: JSON.stringify(hashSources()) }
  try {
    const metafile = await bundle(['src/main.ts', ...THREADS], made, {
      define,
      external: APART,
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
  await writeFile(path.join(folder, 'src/docspool.mjs'), startScript())
}

/** nodegit's native part fits one ABI of Node: what runs the program must be of the version that made it. */
function startScript(): string {
  const [major] = process.versions.node.split('.')
  return `if (process.versions.modules !== '${process.versions.modules}') {
  process.stderr.write(\`docspool: this build is for Node ${major}, and this is Node \${process.versions.node}; install Node ${major}, or use the single executable.\\n\`)
  process.exit(78)
}
const { main } = await import('../${BUNDLE}/main.mjs')
await main(process.argv.slice(2))
`
}
