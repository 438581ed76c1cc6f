<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<#import "totp-guard-ways.ftl" as ways>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.locked.title")}</@guard.title>
    <#elseif section = "show-username">
        <@guard.nameOfUser/>
    <#elseif section = "form">
        <@guard.content>
        <form id="totp-guard-locked-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <#if totpGuardLocked.hard>
                <div id="totp-guard-locked" role="alert">
                    <p>${msg("totpGuard.locked.hardReason")}</p>
                    <p>${msg("totpGuard.locked.hard")}</p>
                </div>
            <#else>
                <div id="totp-guard-locked" role="alert" data-until="${totpGuardLocked.until?c}" data-minutes="${totpGuardLocked.minutes?c}"
                     data-text-minutes="${msg("totpGuard.locked.minutes", "{0}")}"
                     data-text-minute="${msg("totpGuard.locked.minute")}"
                     data-text-over="${msg("totpGuard.locked.over")}">
                    <p>${msg("totpGuard.locked.reason")}</p>
                    <p id="totp-guard-locked-wait"><#if totpGuardLocked.minutes == 1>${msg("totpGuard.locked.minute")}<#else>${msg("totpGuard.locked.minutes", totpGuardLocked.minutes?c)}</#if></p>
                </div>
                <p>${msg("totpGuard.locked.until")} <bdi><time id="totp-guard-locked-until" datetime="${totpGuardLocked.untilIso}">${totpGuardLocked.untilText}</time></bdi></p>
                <#-- The script shows the countdown. A timer is not announced while it runs; the status below is, at some minutes and at the end. -->
                <p id="totp-guard-countdown" hidden>${msg("totpGuard.locked.left")} <bdi id="totp-guard-countdown-time" role="timer" dir="ltr"></bdi></p>
                <p id="totp-guard-locked-status" role="status" aria-live="polite"></p>
                <@guard.actions label=msg("totpGuard.locked.retry") id="totp-guard-retry" name="retry" value="true"/>
            </#if>
        </form>
        <@ways.whileLocked hard=totpGuardLocked.hard/>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
