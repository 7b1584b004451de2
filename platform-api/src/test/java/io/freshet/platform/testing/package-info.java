/** What the tests of all packages share: the platform on real servers, and a client of it. */
@NullMarked
package io.freshet.platform.testing;

import org.jspecify.annotations.NullMarked;
