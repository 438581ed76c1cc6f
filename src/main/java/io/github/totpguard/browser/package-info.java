/** Code for the browser: the build compiles it to JavaScript, so the jar does not contain its classes. */
package io.github.totpguard.browser;
