/** Recognises, by name, folders and files beside the product: benchmarks, build tools, packaging and documentation. */

/** Folders beside the code proper. */
const SIDELINE =
  /^(?:\..*|bench(?:es|marks?|suite)?|jmh|build(?:[-_.].*|tools?|src)?|ci|contrib|docs?|deploy(?:ment)?|deps|doc(?:s|umentation)?[-_](?:app|code|examples?|samples?|site|snippets?|src|website)|documentation|extern(?:al)?|(?:oss[-_]?)?fuzz(?:ers?|ing)?|m4|hack|infra|packaging|perf.*|polyfills?|scripts?|site|tasks|test(?:s|ing)?[-_].+|.+[-_]test(?:s|ing)?|.+[-_]test(?:ing)?[-_](?:support|utils?|helpers?)|third.?party|tools?|vendor|www|website|xtasks?)$/i
/** Folders of code: everything inside them counts as code, whatever its name. */
const SOURCE = /^(?:src|sources?|libs?|app|internal|cmd|pkg)$/i
/** True for a folder that is beside the code or in such a folder: `tools/src`, but not `src/tools`. */
export function isSideline(path: string): boolean {
  const names = path.split('/')
  const source = names.findIndex((name) => SOURCE.test(name))
  return names.some((name, index) => SIDELINE.test(name) && (source === -1 || index < source))
}

/** Of files at the top of a repository, those that build, check or measure it; of files in other folders those that measure. */
const BESIDE =
  /^(?:.+\.(?:config|conf|setup|workspace)\.[cm]?[jt]sx?|setup\.py|conftest\.py|noxfile\.py|tasks\.py|fabfile\.py|conf\.py|build\.(?:rs|zig|py|js|mjs|ts|cs)|(?:gulp|grunt|jake|rake|cake|guard)file(?:\.[a-z]+)?|run_?tests?\..*)$/i
/** In the `lib` of a gem everything is loaded by its path: `require "orbit/benchmark"`. */
const OF_GEM = /(?:^|\/)lib\//
const MEASURES = /^bench(?:marks?)?(?:[._-].*)?\.\w+$|[._-]bench(?:marks?)?\.\w+$/i

/** True for a file beside the code among files of code: it says so by its name. */
export function isFileBeside(path: string): boolean {
  const slash = path.lastIndexOf('/')
  return (
    (slash === -1 && BESIDE.test(path)) ||
    (MEASURES.test(path.slice(slash + 1)) && !(path.endsWith('.rb') && OF_GEM.test(path)))
  )
}
