/** Separates the modules that users of the code read from those of tests, examples and tools. */

import { type Inventory, type Module, modulesOf } from '#generate/model.ts'

/**
 * @returns `aside`: modules in which no file is code of the repository itself outside of folders such as `.github`. If all are,
 *   they are its own.
 */
export function separateModules(
  modules: readonly Module[],
  { files }: Inventory,
): { own: readonly Module[]; aside: readonly Module[] } {
  const code = new Set(files.flatMap(({ path, role }) => (role === 'code' && !path.startsWith('.') ? [path] : [])))
  const isOwn = (module: Module) => modulesOf(module).some((each) => each.files.some((file) => code.has(file)))
  const own = modules.filter(isOwn)
  return own.length === 0 ? { own: modules, aside: [] } : { own, aside: modules.filter((module) => !isOwn(module)) }
}
