<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("code", "label"); section>
    <#if section = "header">
        ${msg("totpGuard.setup.title")}
    <#elseif section = "form">
        <@guard.assets/>
        <div id="totp-guard-setup" class="totp-guard">
            <ol class="totp-guard-steps ${properties.kcListClass!}">
                <li>
                    <p>${totpGuardSetup.standardParameters?then(msg("totpGuard.setup.install"), msg("totpGuard.setup.installConfigurable"))}</p>
                    <#if !totpGuardSetup.standardParameters>
                        <@guard.warning id="totp-guard-parameters-warning">${msg("totpGuard.setup.parametersWarning")}</@guard.warning>
                    </#if>
                </li>
                <li>
                    <p>${msg("totpGuard.setup.scan")}</p>
                    <#-- The name is set here, because the picture's own title is not in the language of the page. -->
                    <div class="totp-guard-qr" role="img" aria-label="${msg("totpGuard.setup.qr")}">${totpGuardSetup.qrSvg?no_esc}</div>
                    <p><a id="totp-guard-uri" href="${totpGuardSetup.uri}">${msg("totpGuard.setup.open")}</a></p>
                    <p>${msg("totpGuard.setup.manual")}</p>
                    <dl class="totp-guard-details">
                        <div>
                            <dt>${msg("totpGuard.setup.key")}</dt>
                            <dd>
                                <code id="totp-guard-key" dir="ltr" translate="no">${totpGuardSetup.key}</code>
                                <div>
                                    <button type="button" id="totp-guard-copy" hidden
                                            class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!}"
                                            data-copied="${msg("totpGuard.setup.copied")}"
                                            data-failed="${msg("totpGuard.setup.copyFailed")}">${msg("totpGuard.setup.copy")}</button>
                                    <span id="totp-guard-copy-result" role="status" aria-live="polite"></span>
                                </div>
                            </dd>
                        </div>
                        <#if totpGuardSetup.issuer?has_content>
                            <div>
                                <dt>${msg("totpGuard.setup.issuer")}</dt>
                                <dd id="totp-guard-issuer"><bdi>${totpGuardSetup.issuer}</bdi></dd>
                            </div>
                        </#if>
                        <div>
                            <dt>${msg("totpGuard.setup.account")}</dt>
                            <dd id="totp-guard-account"><bdi>${totpGuardSetup.account}</bdi></dd>
                        </div>
                        <div>
                            <dt>${msg("totpGuard.setup.type")}</dt>
                            <dd>${msg("totpGuard.setup.timeBased")}</dd>
                        </div>
                        <#if !totpGuardSetup.standardParameters>
                            <div>
                                <dt>${msg("totpGuard.setup.algorithm")}</dt>
                                <dd id="totp-guard-algorithm">${totpGuardSetup.algorithm}</dd>
                            </div>
                            <div>
                                <dt>${msg("totpGuard.setup.digits")}</dt>
                                <dd id="totp-guard-digits">${totpGuardSetup.digits?c}</dd>
                            </div>
                            <div>
                                <dt>${msg("totpGuard.setup.period")}</dt>
                                <dd id="totp-guard-period">${totpGuardSetup.periodSeconds?c}</dd>
                            </div>
                        </#if>
                    </dl>
                </li>
                <li>
                    <p>${msg("totpGuard.setup.confirm")}</p>
                </li>
            </ol>

            <#-- The focus goes to the field with an error. A first visit starts at the top, so that the instructions are not skipped. -->
            <#assign codeError = messagesPerField.get("code")>
            <#assign labelError = messagesPerField.get("label")>
            <form id="totp-guard-setup-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
                <@guard.codeField name="code" error=codeError required=true autofocus=codeError?has_content/>
                <@guard.textField name="label" label=msg("totpGuard.setup.label") value=totpGuardSetup.label!"" error=labelError
                        autofocus=(labelError?has_content && !codeError?has_content)/>
                <@guard.logoutOtherSessions/>
                <@guard.actions label=msg("doSubmit") id="totp-guard-submit" cancel=true/>
                <#if totpGuardGraceUntil??>
                    <p id="totp-guard-grace">${msg("totpGuard.setup.grace", totpGuardGraceUntil)}</p>
                    <@guard.secondary label=msg("totpGuard.setup.notNow") id="totp-guard-not-now" name="notNow"/>
                </#if>
                <#if totpGuardRename!false>
                    <@guard.secondary label=msg("totpGuard.rename.open") id="totp-guard-rename" name="rename"/>
                </#if>
            </form>
        </div>
    </#if>
</@layout.registrationLayout>
