/**
 * Selects the reads of environment variables that matter to users: not those of tests, builds and CI, or those that only
 * detect the environment.
 */

import { push } from '#base/multimap.ts'
import type { Component, Read } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Matches build wrappers and test setup. */
const STARTS_TOOLS =
  /(?:^|\/)(?:gradlew|mill|millw|mvnw|sbt|sbtx)(?:\.bat|\.cmd)?$|(?:^|\/)(?:conftest\.py|phpunit(?:\.bootstrap)?\.php|(?:cypress|jest|karma|mocha|playwright|vitest)\.(?:conf|config|setup|bootstrap)\.[cm]?[jt]s)$/
/** Matches build, test and release files in the language of the code. */
const BUILDS =
  /(?:^|\/)(?:(?:Appraisals|Brewfile|Cakefile|Dangerfile|Fastfile|Gemfile|Gruntfile|Guardfile|Jakefile|Podfile|Rakefile|Thorfile|Vagrantfile|fabfile|gulpfile|noxfile|tasks)(?:\.\w{2,4})?|build\.(?:rs|sc|mill|xml)|[\w-]{1,60}\.(?:gradle|gradle\.kts|rake|sbt))$|(?:^|\/)(?:buildSrc\/(?:[^/]+\/){0,8}[^/]+\.(?:java|kts?|groovy)|project\/[^/]+\.scala)$/
/** Matches scripts of a CI system. */
const CI_SCRIPTS =
  /^\.?(?:ci|travis|circleci|github|gitlab|buildkite|appveyor)\/[^\n]{1,300}\.(?:bash|bat|cmd|ps1|py|rb|sh)$/
/** Matches variables that npm sets for scripts. */
const OF_NPM = /^npm_(?:command|config|execpath|lifecycle|node_execpath|package)(?:_|$)/
/** Matches variables that Cargo sets during a build; users cannot set them. */
const OF_CARGO = /^(?:CARGO(?:_|$)|OUT_DIR$|TARGET$|HOST$|PROFILE$|OPT_LEVEL$|NUM_JOBS$|RUSTC|DEP_)/
/** Variables of every process, which say nothing about this program. */
const OF_PROCESSES = new Set(
  'ALLUSERSPROFILE APPDATA COMMONPROGRAMFILES COMSPEC HOME HOMEDRIVE HOMEPATH HOSTNAME LOCALAPPDATA LOGNAME OLDPWD OS PATH PATHEXT PROCESSOR_ARCHITECTURE PROGRAMDATA PROGRAMFILES PS1 PWD SHLVL SYSTEMDRIVE SYSTEMROOT TEMP TMP TMPDIR USER USERNAME USERPROFILE WINDIR _'.split(
    ' ',
  ),
)
/** Matches variables of CI and of test coverage. */
const OF_CI =
  /^(?:CI|GITHUB_(?:ACTIONS|ACTION\w*|ACTOR\w*|API_URL|BASE_REF|ENV|EVENT_\w+|HEAD_REF|JOB|OUTPUT|PATH|REF\w*|REPOSITORY\w*|RUN_\w+|SERVER_URL|SHA|STEP_SUMMARY|WORKFLOW\w*|WORKSPACE)|RUNNER_\w+|CI_(?:COMMIT|JOB|PIPELINE|PROJECT)_\w+|TRAVIS\w*|CIRCLE(?:CI|_\w+)|APPVEYOR\w*|BUILDKITE\w*|COVERAGE|COVERALLS\w*|CODECOV\w*|SIMPLECOV|TEAMCITY_\w+|JENKINS_\w+|GITLAB_CI|DRONE\w*|TF_BUILD|SEMAPHORE\w*|BITBUCKET_\w+)$/
/** Matches variables that shells, terminals, systems and hosts set, by which code detects its environment. */
const OF_HOSTS =
  /^(?:COMP_(?:CWORD|KEY|LINE|POINT|TYPE|WORDS)|GIT_(?:CONFIG_PARAMETERS|PREFIX)|PSHOME|PSMODULEPATH|WT_SESSION|WSL\w+|MSYSTEM|CYGWIN|TERM_PROGRAM\w*|TERMINAL_EMULATOR|TERMUX\w*|VTE_VERSION|CONEMU\w*|ANSICON|COLORTERM|SSH_(?:CLIENT|CONNECTION|TTY)|KONSOLE\w*|KITTY_\w+|ITERM_\w+|WEZTERM_\w+|INSIDE_EMACS|VSCODE_\w+|KUBERNETES_SERVICE_\w+|AWS_(?:EXECUTION_ENV|LAMBDA_\w+)|VERCEL\w*|NETLIFY\w*|DYNO|BASH_VERSION|ZSH_VERSION|FISH_VERSION|EUID|UID)$/i
/** Matches variables that enable test runs or documentation builds. */
const OF_TESTS =
  /^(?:(?:PYTEST|VITEST|JEST|PHPUNIT|UNITTEST|MOCHA|CYPRESS|TESTCONTAINERS)(?:_\w+)?|(?:SPHINX|READTHEDOCS|RTD|DOXYGEN|MKDOCS|JEKYLL)(?:_\w+)?|DOCS?_(?:BUILD\w*|RS)|(?:BUILD(?:ING)?|GENERATE)_(?:THE_)?DOC\w*)$/

const readsKnown = new WeakMap<readonly Read[], ReadonlyMap<string, readonly Read[]>>()

/** Reads of variables by file, in order, without those of tests within code files and of build and test files. */
export function readsByFile({ analysis: { reads }, repo }: Writing): ReadonlyMap<string, readonly Read[]> {
  const found = readsKnown.get(reads)
  if (found !== undefined) return found
  const tests = new Map<string, Component[]>()
  for (const id of repo.inTests) {
    const component = repo.components.get(id)
    if (component === undefined) continue
    push(tests, component.file, component)
  }
  const files = new Map<string, Read[]>()
  for (const read of reads) {
    const isGiven =
      OF_PROCESSES.has(read.name.toUpperCase()) ||
      OF_CI.test(read.name) ||
      OF_NPM.test(read.name) ||
      OF_HOSTS.test(read.name) ||
      OF_TESTS.test(read.name) ||
      (read.file.endsWith('.rs') && OF_CARGO.test(read.name))
    if (
      read.kind !== 'environment' ||
      isGiven ||
      STARTS_TOOLS.test(read.file) ||
      BUILDS.test(read.file) ||
      CI_SCRIPTS.test(read.file)
    )
      continue
    const isOfTests = ({ startLine, endLine }: Component): boolean => startLine <= read.line && read.line <= endLine
    if (tests.get(read.file)?.some(isOfTests) === true) continue
    push(files, read.file, read)
  }
  readsKnown.set(reads, files)
  return files
}
