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
        'style-src-attr': ['unsafe-inline'],
        'img-src': ['self', 'data:', 'blob:'],
        'font-src': ['self'],
        'connect-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
  },
};
