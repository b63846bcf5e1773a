//! What a call can return, in numbers and in words.

use needmatch::Language;

use crate::boundary::OutText;
use crate::boundary::{Failure, guard};

/// What a function returns: NEEDMATCH_OK, or one of the NEEDMATCH_E_ codes. The numbers never change their meaning.
///
/// Unless a function says otherwise, a failed call has written nothing and changed nothing.
pub type needmatch_status = u32;

/// The call did what it says.
pub const NEEDMATCH_OK: needmatch_status = 0;
/// The input is wrong. The error handle lists all faults, each with its number, table, row and column.
pub const NEEDMATCH_E_INPUT: needmatch_status = 1;
/// The run would need more than a limit allows; found before the memory is taken.
pub const NEEDMATCH_E_LIMIT: needmatch_status = 2;
/// Somebody called needmatch_control_cancel.
pub const NEEDMATCH_E_CANCELLED: needmatch_status = 3;
/// The independent checker rejected the result, so none is given. A bug of needmatch: please report it.
pub const NEEDMATCH_E_INTERNAL_CHECK: needmatch_status = 4;
/// The operating system refused to start the threads that were asked for.
pub const NEEDMATCH_E_THREADS: needmatch_status = 5;
/// There is not enough memory for a copy of the input.
pub const NEEDMATCH_E_MEMORY: needmatch_status = 6;
/// A bug inside needmatch was caught. The library stays usable; please report it with the error's message.
pub const NEEDMATCH_E_PANIC: needmatch_status = 7;
/// A decision file or a log of runs is not what it says; the error handle tells where.
pub const NEEDMATCH_E_DECISION: needmatch_status = 8;
/// The handle is 0, was freed, is of another type, or comes from another copy of the library.
pub const NEEDMATCH_E_HANDLE: needmatch_status = 20;
/// Another thread is changing the same object.
pub const NEEDMATCH_E_BUSY: needmatch_status = 21;
/// A pointer that must not be NULL is NULL.
pub const NEEDMATCH_E_NULL: needmatch_status = 22;
/// A pointer is not aligned for what it points to.
pub const NEEDMATCH_E_ALIGNMENT: needmatch_status = 23;
/// An argument is none of the values that are documented, or lengths do not fit each other.
pub const NEEDMATCH_E_ARGUMENT: needmatch_status = 24;
/// A struct_size is smaller than the first version of the struct, or absurdly large.
pub const NEEDMATCH_E_STRUCT_SIZE: needmatch_status = 25;
/// A struct uses members that this version of the library does not know.
pub const NEEDMATCH_E_STRUCT_NEWER: needmatch_status = 26;
/// The buffer is too small. The length that is needed was written, and nothing else.
pub const NEEDMATCH_E_BUFFER: needmatch_status = 27;
/// A length is too large for this machine.
pub const NEEDMATCH_E_RANGE: needmatch_status = 28;
/// A text argument is not valid UTF-8. (Texts in a table are faults of NEEDMATCH_E_INPUT instead.)
pub const NEEDMATCH_E_UTF8: needmatch_status = 29;
/// There is no such row, column, table or fault.
pub const NEEDMATCH_E_NOT_FOUND: needmatch_status = 30;

/// The language of a message: NEEDMATCH_ENGLISH or NEEDMATCH_CHINESE.
pub type needmatch_language = u32;

/// English.
pub const NEEDMATCH_ENGLISH: needmatch_language = 0;
/// Simplified Chinese.
pub const NEEDMATCH_CHINESE: needmatch_language = 1;

/// Reads a language.
pub(crate) fn language(number: needmatch_language) -> Result<Language, Failure> {
    match number {
        NEEDMATCH_ENGLISH => Ok(Language::English),
        NEEDMATCH_CHINESE => Ok(Language::Chinese),
        _ => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "language")),
    }
}

/// One clause for a status; `None` for a number that is no status.
pub(crate) const fn text(status: needmatch_status, language: Language) -> Option<&'static str> {
    let (english, chinese) = match status {
        NEEDMATCH_OK => ("success", "成功"),
        NEEDMATCH_E_INPUT => ("the input is wrong", "输入数据有误"),
        NEEDMATCH_E_LIMIT => ("a limit would be exceeded", "将超出限制"),
        NEEDMATCH_E_CANCELLED => ("cancelled", "已取消"),
        NEEDMATCH_E_INTERNAL_CHECK => ("internal check failed", "内部校验未通过"),
        NEEDMATCH_E_THREADS => ("cannot start the threads", "无法启动线程"),
        NEEDMATCH_E_MEMORY => ("not enough memory", "内存不足"),
        NEEDMATCH_E_PANIC => ("a bug inside needmatch was caught", "捕获到 needmatch 内部错误"),
        NEEDMATCH_E_DECISION => ("the decision is refused", "决定文件未通过"),
        NEEDMATCH_E_HANDLE => ("no such object", "句柄无效"),
        NEEDMATCH_E_BUSY => ("the object is being changed by another thread", "对象正被另一线程修改"),
        NEEDMATCH_E_NULL => ("pointer is NULL", "指针为 NULL"),
        NEEDMATCH_E_ALIGNMENT => ("pointer is not aligned", "指针未对齐"),
        NEEDMATCH_E_ARGUMENT => ("argument is not allowed", "参数不允许"),
        NEEDMATCH_E_STRUCT_SIZE => ("struct_size is wrong", "struct_size 不正确"),
        NEEDMATCH_E_STRUCT_NEWER => ("struct has members of a newer version", "结构体包含较新版本的成员"),
        NEEDMATCH_E_BUFFER => ("buffer is too small", "缓冲区过小"),
        NEEDMATCH_E_RANGE => ("length is too large", "长度过大"),
        NEEDMATCH_E_UTF8 => ("text is not valid UTF-8", "文本不是有效的 UTF-8"),
        NEEDMATCH_E_NOT_FOUND => ("there is no such thing", "不存在"),
        _ => return None,
    };
    match language {
        Language::English => Some(english),
        Language::Chinese => Some(chinese),
    }
}

/// Copies the meaning of a status as text, without a final NUL.
///
/// Returns NEEDMATCH_E_NOT_FOUND for a number that is no status.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_status_text(
    status: needmatch_status,
    language: needmatch_language,
    text_out: *mut std::ffi::c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let words = text(status, self::language(language)?);
        out.write(words.ok_or(Failure::argument(NEEDMATCH_E_NOT_FOUND, "status"))?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_its_own_words_in_both_languages() {
        for language in [Language::English, Language::Chinese] {
            let words: Vec<_> = (0..1000).filter_map(|status| text(status, language)).collect();
            let distinct: std::collections::BTreeSet<_> = words.iter().collect();
            assert_eq!((words.len(), distinct.len()), (20, 20));
        }
    }
}
