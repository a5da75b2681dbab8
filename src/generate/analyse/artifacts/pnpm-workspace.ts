/** pnpm-workspace.yaml: the packages of the workspace. */

import { at, textsOf } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import { membersOf, packageId } from './package-json.ts'

export const pnpmWorkspace: Format = {
  fits: (path) => nameOf(path) === 'pnpm-workspace.yaml',
  read: (file, builder, repository) => {
    const folder = folderOf(file.path)
    const from = packageId(inFolder(folder, 'package.json'), repository) ?? file.path
    const patterns = textsOf(at(readYaml(file.text), 'packages'))
    for (const member of membersOf(patterns, folder, repository)) builder.link(from, member, 'uses')
  },
}
