/** Which tool a file of settings is for, by its name. */

import { nameOf } from '#generate/paths.ts'

const TOOLS: readonly (readonly [name: RegExp, tool: string])[] = [
  [/^\.?eslint(?:rc|\.config)\.[cm]?[jt]s$/, 'ESLint'],
  [/^\.?prettier(?:rc|\.config)\.[cm]?[jt]s$/, 'Prettier'],
  [/^vitest\.(?:config|workspace|setup)\.[cm]?[jt]s$/, 'Vitest'],
  [/^vite\.config\.[cm]?[jt]s$/, 'Vite'],
  [/^jest\.(?:config|setup)\.[cm]?[jt]s$/, 'Jest'],
  [/^playwright\.config\.[cm]?[jt]s$/, 'Playwright'],
  [/^cypress\.config\.[cm]?[jt]s$/, 'Cypress'],
  [/^karma\.conf\.[cm]?[jt]s$/, 'Karma'],
  [/^rollup\.config\.[cm]?[jt]s$/, 'Rollup'],
  [/^webpack(?:\.\w+)?\.config\.[cm]?[jt]s$/, 'webpack'],
  [/^(?:unbuild|build)\.config\.[cm]?[jt]s$/, 'unbuild'],
  [/^obuild\.config\.[cm]?[jt]s$/, 'obuild'],
  [/^tsup\.config\.[cm]?[jt]s$/, 'tsup'],
  [/^babel\.config\.[cm]?js$/, 'Babel'],
  [/^postcss\.config\.[cm]?[jt]s$/, 'PostCSS'],
  [/^tailwind\.config\.[cm]?[jt]s$/, 'Tailwind CSS'],
  [/^next\.config\.[cm]?[jt]s$/, 'Next.js'],
  [/^nuxt\.config\.[cm]?[jt]s$/, 'Nuxt'],
  [/^svelte\.config\.[cm]?[jt]s$/, 'Svelte'],
  [/^astro\.config\.[cm]?[jt]s$/, 'Astro'],
  [/^commitlint\.config\.[cm]?[jt]s$/, 'commitlint'],
  [/^lint-staged\.config\.[cm]?[jt]s$/, 'lint-staged'],
  [/^drizzle\.config\.[cm]?[jt]s$/, 'Drizzle'],
  [/^noxfile\.py$/, 'nox'],
  [/^setup\.py$/, 'setuptools'],
  [/^conanfile\.py$/, 'Conan'],
  [/^Appraisals$/, 'Appraisal'],
  [/^\.php-cs-fixer(?:\.dist)?\.php$/, 'PHP CS Fixer'],
  [/^rector\.php$/, 'Rector'],
]

/** `undefined` for a file that is none of those. */
export function toolOf(path: string): string | undefined {
  const name = nameOf(path)
  return TOOLS.find(([form]) => form.test(name))?.[1]
}
