/** What every module's tests share. */
@NullMarked
package io.freshet.testing;

import org.jspecify.annotations.NullMarked;
