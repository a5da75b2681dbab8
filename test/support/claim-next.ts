import type { Backend } from '#queue/backend.ts'
import { type Claim, type ClaimDeps, claimSome } from '#queue/claim.ts'

/** Claim the first job in the queue. @returns `undefined` when none waits. */
export async function claimNext(
  backend: Backend,
  worker: string,
  deps: Omit<ClaimDeps, 'onClaim'>,
): Promise<Claim | undefined> {
  let claim: Claim | undefined
  await claimSome(backend, worker, 1, {
    ...deps,
    onClaim(claimed) {
      claim = claimed
    },
  })
  return claim
}
