/** The compiler's program over the repository's trees. The only files that are read are the compiler's own libraries. */

import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ts } from '#generate/analyse/compiler.mjs'
import type { Open } from './checked.ts'
import { ROOT } from './parse.ts'
import type { Resolve } from './resolve.ts'

/** `allowNonTsExtensions`, which typings leave out, is for the scripts of Vue and Svelte components. */
const OPTIONS: ts.CompilerOptions = {
  allowNonTsExtensions: true,
  allowJs: true,
  allowImportingTsExtensions: true,
  checkJs: false,
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
  maxNodeModuleJsDepth: 0,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
  types: [],
}

const LIBRARIES = path.dirname(fileURLToPath(import.meta.resolve('typescript')))
const EXTENSION = /(?:\.d)?\.[cm]?[jt]sx?$/

/** The libraries' trees, the same for every program of this process. */
const libraryTrees = new Map<string, ts.SourceFile>()

/** @returns Makes a program over files and all that they lead to. */
export function createProgramOf(open: Open, resolve: Resolve): (paths: readonly string[]) => ts.Program {
  const treeOf = (name: string): ts.SourceFile | undefined =>
    name.startsWith(ROOT) ? open(name.slice(ROOT.length))?.tree : libraryTree(name)
  const host: ts.CompilerHost = {
    fileExists: (name) => treeOf(name) !== undefined,
    readFile: (name) => treeOf(name)?.text,
    getSourceFile: treeOf,
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: (options) => path.join(LIBRARIES, ts.getDefaultLibFileName(options)),
    getDefaultLibLocation: () => LIBRARIES,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
    useCaseSensitiveFileNames: () => true,
    writeFile: () => {},
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map((literal) => ({
        resolvedModule: moduleOf(resolve(literal.text, containing.slice(ROOT.length)), open),
      })),
    resolveTypeReferenceDirectiveReferences: (references) =>
      references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
  }
  return (paths) => ts.createProgram({ rootNames: paths.map((name) => ROOT + name), options: OPTIONS, host })
}

function libraryTree(name: string): ts.SourceFile | undefined {
  if (path.dirname(name) !== LIBRARIES) return undefined
  const known = libraryTrees.get(name)
  if (known !== undefined) return known
  const text = ts.sys.readFile(name)
  if (text === undefined) return undefined
  const tree = ts.createSourceFile(name, text, {
    languageVersion: ts.ScriptTarget.ESNext,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  })
  libraryTrees.set(name, tree)
  return tree
}

function moduleOf(found: string | undefined, open: Open): ts.ResolvedModuleFull | undefined {
  if (found === undefined || open(found) === undefined) return undefined
  return {
    resolvedFileName: ROOT + found,
    extension: EXTENSION.exec(found)?.[0] ?? '.ts',
    isExternalLibraryImport: false,
  }
}
