/** The application: middleware and routes, in order. It uses Web-standard APIs only, and everything else through `deps`. */

import { Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { AppError } from '#base/errors.ts'
import { forbidSharedCaches, requireToken, tokensOf } from './access.ts'
import { addAskRoutes } from './ask.ts'
import { addAssetRoutes } from './assets.ts'
import { createReadClient } from './caller-address.ts'
import { createSendCompressed } from './compressed-responses.ts'
import { addCrossSearchRoutes } from './cross-search.ts'
import { refuseCrossSite } from './cross-site-guard.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { addDiffRoutes } from './diff.ts'
import { addDocsRoutes } from './docs.ts'
import { addDocumentsRoute } from './documents.ts'
import { fail } from './error-response.ts'
import { addEventRoutes } from './event-stream.ts'
import { addFollowRoutes } from './follows.ts'
import { createReadForwardedOrigin } from './forwarded-origin.ts'
import { addGraphRoutes } from './graph.ts'
import { addHealthRoutes } from './health.ts'
import { addHookRoutes } from './hooks/routes.ts'
import { refuseForeignHosts } from './host-names.ts'
import { addLogRoutes } from './job-log.ts'
import { addJobRoutes } from './jobs.ts'
import { createKnownJobs } from './known-jobs.ts'
import { createLimits } from './limits/client-limits.ts'
import { addLoginRoutes } from './login.ts'
import { addMcpRoute } from './mcp/route.ts'
import { addMetricsRoute } from './metrics.ts'
import { addOpenApiRoutes } from './openapi.ts'
import { addPageRoutes } from './pages.ts'
import { Refusal } from './problem.ts'
import { addProtectedResourceRoutes } from './protected-resource.ts'
import { addQueueRoutes } from './queue-state.ts'
import { addSubmissionBody } from './read-submission.ts'
import { countReceived } from './received-bytes.ts'
import { refuseLongBodies } from './request-body.ts'
import { logRequests } from './request-log.ts'
import { createRequestTurns } from './request-turns.ts'
import { addSecurityHeaders, forbidIndexing, varyByAccept } from './security-headers.ts'
import { createSentBytes } from './sent-bytes.ts'
import { addSourceRoutes } from './source.ts'
import { addSpendRoutes } from './spend.ts'
import { spreadRequests } from './spread-requests.ts'
import { addSubmitRoutes } from './submit.ts'
import { addBatchRoute } from './submit-batch.ts'

const MAX_REQUEST_ID = 64
/** Bytes fetched from the database that count as one search, up to `MAX_FETCH_SEARCHES` for a request. */
const FETCHED_PER_SEARCH = 655_360
const MAX_FETCH_SEARCHES = 60

/** Create the application; `app.fetch` handles a request. */
export function createApp(deps: AppDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const limits = createLimits(deps, createReadClient(deps))
  const turns = createRequestTurns()
  const sent = createSentBytes()
  const readForwardedOrigin = createReadForwardedOrigin(deps)
  const tokens = tokensOf(deps)
  app.use(function setVariables(c, next) {
    c.set('limits', limits)
    c.set('turns', turns)
    c.set('sent', sent)
    const origin = readForwardedOrigin?.(c)
    if (origin !== undefined) c.set('forwardedOrigin', origin)
    return next()
  })
  app.use(function chargeFetches(c, next) {
    const charge = (bytes: number): void =>
      limits.searched(c, Math.min(MAX_FETCH_SEARCHES, Math.floor(bytes / FETCHED_PER_SEARCH)))
    return deps.sets.forCaller?.({ begin: () => limits.search(c), charge }, next) ?? next()
  })
  app.use(spreadRequests(deps.nextTurn))
  app.use(addSecurityHeaders())
  app.use(varyByAccept)
  app.use(forbidIndexing)
  app.use(forbidSharedCaches(deps))
  app.use(requestId({ limitLength: MAX_REQUEST_ID }))
  app.use(logRequests(deps))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('Allow', methods.join(', '))
        return fail(c, deps, new Refusal('METHOD_NOT_ALLOWED', `Expected ${methods.join(', ')}.`))
      },
    }),
  )
  app.use(refuseForeignHosts(deps))
  app.use(refuseCrossSite(deps))
  app.use(refuseLongBodies)
  app.use(countReceived())
  app.use(requireToken(deps, tokens, limits))
  if (tokens !== undefined) addLoginRoutes(app, deps, tokens, limits)
  addSubmissionBody(app, deps)
  addBatchRoute(app, deps)
  addSubmitRoutes(app, deps)
  addJobRoutes(app, deps)
  addEventRoutes(app, deps)
  addLogRoutes(app, deps)
  addQueueRoutes(app, deps)
  addSpendRoutes(app, deps)
  addFollowRoutes(app, deps)
  addHookRoutes(app, deps)
  addPageRoutes(app, deps)
  const sendCompressed = createSendCompressed()
  const readKnown = createKnownJobs(deps.queue, deps.knownJobMs)
  addSourceRoutes(app, deps, sendCompressed, readKnown)
  addDocsRoutes(app, deps, sendCompressed, readKnown)
  addDocumentsRoute(app, deps)
  addGraphRoutes(app, deps)
  addAskRoutes(app, deps)
  addCrossSearchRoutes(app, deps)
  addMcpRoute(app)
  addProtectedResourceRoutes(app, deps)
  addDiffRoutes(app, deps, sendCompressed)
  addAssetRoutes(app, deps, sendCompressed)
  addHealthRoutes(app, deps)
  addMetricsRoute(app, deps)
  addOpenApiRoutes(app, deps, sendCompressed)
  app.notFound((c) => fail(c, deps, new Refusal('NOT_FOUND', 'There is nothing at this address.', 'Start at /.')))
  app.onError((error, c) => {
    // The request has used up its client's quota for a minute.
    if (error instanceof AppError && error.code === 'TOOK_TOO_LONG') limits.exhaustSearches(c)
    return fail(c, deps, error)
  })
  return app
}
