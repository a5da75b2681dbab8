/**
 * The compiler's program over a checkout, for the oracle of TypeScript: the compiler's own resolution of modules, with the
 * `paths` of the nearest tsconfig, in front of a `node_modules` that does not exist: the packages of the repository
 * stand in it as a package manager would link them, and their entries that a build would make lead to the sources.
 */

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

export interface Checkout {
  program: ts.Program
  /** The file that a specifier means. */
  resolve(specifier: string, from: string): string | undefined
}

const JAVASCRIPT = /\.[cm]?jsx?$/

const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  allowImportingTsExtensions: true,
  checkJs: false,
  customConditions: ['source', 'development'],
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
  maxNodeModuleJsDepth: 0,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
  types: [],
}

/**
 * @param files - Relative to `root`: what is judged, and the roots of the program.
 * @param implementations - By the path of its declarations, the file that JavaScript is to have in their place.
 */
export function openCheckout(
  root: string,
  files: readonly string[],
  manifests: readonly string[],
  implementations: ReadonlyMap<string, string>,
): Checkout {
  const own = new Set(files.map((file) => path.join(root, file)))
  const packages = readPackages(root, manifests)
  const configs = new Map<string, ts.CompilerOptions>()
  const host = ts.createCompilerHost(OPTIONS)
  const resolveOne = (specifier: string, from: string): string | undefined => {
    const options = { ...OPTIONS, ...pathsFor(path.dirname(from), root, configs) }
    const { resolvedModule } = ts.resolveModuleName(specifier, from, options, host)
    const found = resolvedModule?.resolvedFileName
    if (found?.startsWith(`${root}/`) === true && !found.includes('/node_modules/')) return found
    return specifier.startsWith('.') ? builtFrom(path.resolve(path.dirname(from), specifier)) : inPackage(specifier)
  }

  function inPackage(specifier: string): string | undefined {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/')
    const folder = packages.get(name)
    if (folder === undefined) return undefined
    const json = readJson(path.join(folder, 'package.json'))
    const rest = specifier.slice(name.length)
    for (const entry of [...entriesOf(json.exports, `.${rest}`), ...(rest === '' ? mainsOf(json) : [`.${rest}`])]) {
      const target = path.join(folder, entry)
      const found = fileAt(target) ?? builtFrom(target)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** The source of a file that a build makes: `dist/a.js` is made of `src/a.ts`, or of `a.ts` beside `dist`. */
  function builtFrom(target: string): string | undefined {
    const bare = target.replace(/\.d\.([cm]?)ts$/, '.$1js')
    for (const source of ['/src/', '/']) {
      const changed = bare.replace(/\/(?:dist|build|lib|out|esm|cjs)\/(?:(?:esm|cjs|es|types)\/)?/, source)
      const found = changed === bare ? undefined : fileAt(changed)
      if (found !== undefined) return found
    }
    return undefined
  }

  function fileAt(target: string): string | undefined {
    const stem = target.replace(/\.[cm]?jsx?$/, '')
    const candidates = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts'].map((end) => stem + end)
    return [...candidates, target, ...candidates.map((one) => `${stem}/index${one.slice(stem.length)}`)].find((one) =>
      own.has(one),
    )
  }

  /** Whether a script file declares a module with the name of a package, which would hide the package: a build adds it to that. */
  const hidesPackage = (file: string): boolean =>
    file.endsWith('.d.ts') &&
    (ts.preProcessFile(readFileSync(file, 'utf8')).ambientExternalModules ?? []).some((name) => packages.has(name))

  const known = new Map<string, string | undefined>()
  const cached = (specifier: string, from: string): string | undefined => {
    const key = `${path.dirname(from)}\0${specifier}`
    if (!known.has(key)) known.set(key, resolveOne(specifier, from))
    const found = known.get(key)
    const code = found === undefined ? undefined : implementations.get(found)
    return code !== undefined && JAVASCRIPT.test(from) ? code : found
  }
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      const found = cached(text, from)
      if (found === undefined || !own.has(found)) return { resolvedModule: undefined }
      const extension = /(?:\.d)?\.[cm]?[jt]sx?$/.exec(found)?.[0] ?? '.ts'
      return { resolvedModule: { resolvedFileName: found, extension, isExternalLibraryImport: false } }
    })
  host.resolveTypeReferenceDirectiveReferences = (list) =>
    list.map(() => ({ resolvedTypeReferenceDirective: undefined }))
  return {
    program: ts.createProgram({ rootNames: [...own].filter((file) => !hidesPackage(file)), options: OPTIONS, host }),
    resolve: cached,
  }
}

/** `paths` and `baseUrl` of the nearest tsconfig or jsconfig that gives any, with what it extends. */
function pathsFor(folder: string, root: string, configs: Map<string, ts.CompilerOptions>): ts.CompilerOptions {
  const known = configs.get(folder)
  if (known !== undefined) return known
  let options: ts.CompilerOptions | undefined
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    const file = path.join(folder, name)
    if (options !== undefined || !existsSync(file)) continue
    const { config } = ts.readConfigFile(file, (one) => ts.sys.readFile(one))
    const host = { ...ts.sys, readDirectory: () => [], onUnRecoverableConfigFileDiagnostic: () => {} }
    const parsed = ts.parseJsonConfigFileContent(config ?? {}, host, folder, undefined, file).options
    const { paths, baseUrl, pathsBasePath } = parsed
    if (paths === undefined && baseUrl === undefined) continue
    options = {}
    if (paths !== undefined) options.paths = paths
    if (baseUrl !== undefined) options.baseUrl = baseUrl
    if (pathsBasePath !== undefined) options.pathsBasePath = pathsBasePath
  }
  options ??= folder === root ? {} : pathsFor(path.dirname(folder), root, configs)
  configs.set(folder, options)
  return options
}

/** Folders by package name, the one nearest to the root first. */
function readPackages(root: string, manifests: readonly string[]): Map<string, string> {
  const packages = new Map<string, string>()
  for (const manifest of [...manifests].sort((a, b) => a.split('/').length - b.split('/').length)) {
    const { name } = readJson(path.join(root, manifest))
    if (typeof name === 'string' && !packages.has(name)) packages.set(name, path.join(root, path.dirname(manifest)))
  }
  return packages
}

export type Json = Record<string, unknown>

export function readJson(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json
  } catch {
    return {}
  }
}

const mainsOf = (json: Json): string[] =>
  [json.source, json.types, json.module, json.main, 'index', 'src/index'].filter((one) => typeof one === 'string')

/** Every text below the entry of `exports` that has the key, `*` filled in. */
function entriesOf(exported: unknown, key: string): string[] {
  if (typeof exported === 'string') return key === '.' ? [exported] : []
  if (typeof exported !== 'object' || exported === null) return []
  const table = Object.keys(exported).some((one) => one.startsWith('.')) ? (exported as Json) : { '.': exported }
  for (const [pattern, value] of Object.entries(table)) {
    const [head = '', tail] = pattern.split('*')
    const fits = tail === undefined ? pattern === key : key.startsWith(head) && key.endsWith(tail)
    if (!fits) continue
    const star = tail === undefined ? '' : key.slice(head.length, key.length - tail.length)
    return textsIn(value).map((one) => one.replaceAll('*', star))
  }
  return []
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
