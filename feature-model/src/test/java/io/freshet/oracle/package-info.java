/**
 * What values must be, told without the kernel: a brute-force oracle, and golden files with the
 * values that were worked out by hand. Packaged as this module's test-jar, for every engine.
 */
@NullMarked
package io.freshet.oracle;

import org.jspecify.annotations.NullMarked;
