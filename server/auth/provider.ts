/**
 * Sign-in of staff by a provider of OpenID Connect (an office's own accounts). Authorization code with PKCE, state and
 * nonce; what it needs between the two steps stands in the browser's own short-lived cookie. Nothing outside this file
 * knows openid-client.
 */
import * as oidc from 'openid-client';
import type { ProviderSettings } from '../config.ts';

/** What must come back with the answer; kept by the browser for ten minutes. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who the provider says it is: issuer and subject together name somebody for good. */
export interface Vouched {
  readonly subject: string;
  readonly email: string | null;
  /** The provider says that it has seen that this address is theirs. */
  readonly verified: boolean;
}

export interface Provider {
  /** As the button says it. */
  readonly name: string;
  /** Where to send the browser; rejects where the provider does not answer. */
  begin(redirectUri: string): Promise<{ readonly url: string; readonly pending: Pending }>;
  /** @param address where the browser came back, with everything in it; null: the answer is not to be believed. */
  finish(address: URL, redirectUri: string, pending: Pending): Promise<Vouched | null>;
}

const SCOPE = 'openid email profile';

/** What its owner discovers at the issuer is asked for once, and again after a failure. */
export function providerOf(settings: ProviderSettings): Provider {
  let discovered: Promise<oidc.Configuration> | null = null;
  const isLocal = new URL(settings.issuer).protocol === 'http:';

  function discover(): Promise<oidc.Configuration> {
    discovered ??= oidc
      .discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
        // The token's signature is checked although it came over TLS; http is for a provider on this machine (config.ts).
        execute: [oidc.enableNonRepudiationChecks, ...(isLocal ? [oidc.allowInsecureRequests] : [])],
      })
      .catch((error: unknown) => {
        discovered = null;
        throw error;
      });
    return discovered;
  }

  return {
    name: settings.name,
    async begin(redirectUri) {
      const configuration = await discover();
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, pending };
    },
    async finish(address, redirectUri, { state, nonce, verifier }) {
      const configuration = await discover();
      const back = new URL(redirectUri);
      back.search = address.search;
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration, back, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) return null;
        const { email, email_verified } = claims;
        return {
          subject: `${claims.iss} ${claims.sub}`,
          email: typeof email === 'string' ? email : null,
          verified: email_verified === true,
        };
      } catch {
        return null;
      }
    },
  };
}
