/** Finds the file of a main class that Maven or Gradle names. */

import type { Repository } from './repository.ts'

const LANGUAGES = ['java', 'kotlin', 'scala', 'groovy']

/** The file of a class under `src/main`, or its `main` component if known. */
export function mainOf(name: string, folder: string, repository: Repository): string | undefined {
  const stem = name.replaceAll('.', '/').replace(/\$.*/s, '')
  const own = name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/\$$/, '')
    .replaceAll('$', '.')
  const found = LANGUAGES.flatMap((language) => {
    const extension = language === 'kotlin' ? 'kt' : language
    const paths = [stem, ...(stem.endsWith('Kt') ? [stem.slice(0, -2)] : [])]
    return paths.flatMap((path) => repository.fileAt(folder, `src/main/${language}/${path}.${extension}`) ?? [])
  })
  const [only] = found
  if (only === undefined || found.length !== 1) return undefined
  return [`${only}#${own}.main`, `${only}#main`].find((id) => repository.isComponent(id)) ?? only
}
