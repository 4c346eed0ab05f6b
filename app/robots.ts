/**
 * Robots may read the page itself; shared runs and the server's own paths are nobody's but whom the link was given to.
 */
import type { MetadataRoute } from 'next';

export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: '/', disallow: ['/t/', '/e/', '/api/'] } };
}
