import { readdirSync, existsSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { analyse } from '/work/wt/lead19/src/generate/analyse/analyse.ts'
import { readPackages } from '/work/wt/lead19/src/generate/manifests/read-packages.ts'
import { surfacesOf } from '/work/wt/lead19/src/generate/surface/surfaces.ts'
import { readCheckout } from '/work/wt/lead19/bench/accuracy/checkout.ts'
for (const repo of readdirSync('/work/.mirror').sort()) {
  if (!repo.includes('+') || /kafka|sympy|redis|OpenHands|vite|vuejs|trpc|golang\+tools|celery/.test(repo)) continue
  const dir = '/tmp/surf/' + repo
  try {
    if (!existsSync(dir)) execFileSync('git', ['clone', '-q', `/work/.mirror/${repo}/repo`, dir])
    const inventory = await readCheckout(dir)
    const analysis = await analyse(inventory, { signal: new AbortController().signal, onProgress() {} })
    const packages = readPackages(inventory)
    const s = surfacesOf(packages, analysis, inventory.files, repo.split('+')[1]!)
    console.log(repo, 'packages', packages.filter(p => !p.isPrivate).length + '/' + packages.length, 'surfaces', s.filter(x => !x.isPrivate).length + '/' + s.length, s.slice(0, 4).map(x => `${x.ecosystem} ${x.package}${x.isPrivate ? ' private' : ''} ${x.paths.reduce((n, p) => n + p.names.length, 0)}`).join('; '))
  } catch (e) { console.log(repo, 'ERROR', String(e).slice(0, 200)) }
}
