import adapter from '@sveltejs/adapter-node';

// The adapter writes build/handler.js; server/main.ts is the process that serves it, next to the sockets.
/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    adapter: adapter({ out: 'build', precompress: true }),
    // An open page asks now and then whether the server is a newer one (src/routes/+layout.svelte).
    version: { pollInterval: 5 * 60_000 },
    // Every door is checked in hooks.server.ts (all methods, all content types); Kit's own check knows form posts only.
    csrf: { trustedOrigins: ['*'] },
    csp: {
      mode: 'nonce',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self'],
        // The one style attribute that Kit's own root has (its announcer for screen readers); tests/lib counts the hash again.
        'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
        'img-src': ['self', 'data:', 'blob:'],
        'font-src': ['self', 'data:'],
        'connect-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
  },
};
