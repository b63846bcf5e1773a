//! Turns objects into handles: 64-bit numbers that are never used twice.
//!
//! A handle is `tag · generation · slot` (16, 24 and 24 bits). The generation of a slot grows with every object it
//! holds and the slot is retired before it would wrap, so a freed handle never means another object.
//! The tag comes from the address of this copy of the library, so another copy's handle is refused too.
//!
//! The lock is held for a look-up only, never while a call works or an object is dropped.

use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::boundary::Failure;
use crate::status::{NEEDMATCH_E_HANDLE, NEEDMATCH_E_MEMORY};

const SLOT_BITS: u32 = 24;
const GENERATION_BITS: u32 = 24;
const LAST_GENERATION: u64 = (1 << GENERATION_BITS) - 1;

type Object = Arc<dyn Any + Send + Sync>;

#[derive(Default)]
struct Slot {
    generation: u64,
    object: Option<Object>,
}

#[derive(Default)]
struct Registry {
    slots: Vec<Slot>,
    free: Vec<usize>,
}

static REGISTRY: Mutex<Registry> = Mutex::new(Registry { slots: Vec::new(), free: Vec::new() });

/// Keeps an object and returns its handle.
pub(crate) fn insert<T: Any + Send + Sync>(object: T) -> Result<u64, Failure> {
    lock().insert(Arc::new(object))
}

/// The object of a handle. It lives on while the caller holds it, even if the handle is freed meanwhile.
pub(crate) fn get<T: Any + Send + Sync>(handle: u64, argument: &'static str) -> Result<Arc<T>, Failure> {
    let refused = || Failure::argument(NEEDMATCH_E_HANDLE, argument);
    let object = lock().slot(handle).and_then(|slot| slot.object.clone()).ok_or_else(refused)?;
    object.downcast::<T>().map_err(|_| refused())
}

/// Takes an object out; its handle is dead from now on. 0 is nobody's handle, and freeing it does nothing.
pub(crate) fn free<T: Any + Send + Sync>(handle: u64, argument: &'static str) -> Result<(), Failure> {
    if handle == 0 {
        return Ok(());
    }
    // Bound to a name so that the lock is released before the object is dropped.
    let removed = lock().remove::<T>(handle);
    removed.map(drop).ok_or(Failure::argument(NEEDMATCH_E_HANDLE, argument))
}

fn lock() -> MutexGuard<'static, Registry> {
    // No step under the lock leaves the registry half changed, so a poisoned lock is still sound.
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Registry {
    fn insert(&mut self, object: Object) -> Result<u64, Failure> {
        let index = match self.free.pop() {
            Some(index) => index,
            None if self.slots.len() >> SLOT_BITS == 0 => {
                self.slots.push(Slot::default());
                self.slots.len() - 1
            }
            None => return Err(Failure::new(NEEDMATCH_E_MEMORY)),
        };
        let slot = self.slots.get_mut(index).ok_or(Failure::new(NEEDMATCH_E_MEMORY))?;
        slot.generation += 1;
        slot.object = Some(object);
        Ok(handle_of(index, slot.generation))
    }

    fn slot(&mut self, handle: u64) -> Option<&mut Slot> {
        let index = (handle & ((1 << SLOT_BITS) - 1)) as usize;
        let slot = self.slots.get_mut(index)?;
        (handle_of(index, slot.generation) == handle).then_some(slot)
    }

    fn remove<T: Any>(&mut self, handle: u64) -> Option<Object> {
        let slot = self.slot(handle)?;
        let object = slot.object.take_if(|object| object.is::<T>())?;
        if slot.generation < LAST_GENERATION {
            self.free.push((handle & ((1 << SLOT_BITS) - 1)) as usize);
        }
        Some(object)
    }
}

fn handle_of(index: usize, generation: u64) -> u64 {
    tag() << (SLOT_BITS + GENERATION_BITS) | generation << SLOT_BITS | index as u64
}

/// Differs between copies of the library in one process (up to a chance of 1 in 65536). It reaches no result.
fn tag() -> u64 {
    const GOLDEN_RATIO: u64 = 0x9E37_79B9_7F4A_7C15;
    (&raw const REGISTRY as u64).wrapping_mul(GOLDEN_RATIO) >> (SLOT_BITS + GENERATION_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_finds_its_object_until_it_is_freed() {
        let handle = insert(7i32).unwrap();
        assert_eq!(*get::<i32>(handle, "h").unwrap(), 7);
        free::<i32>(handle, "h").unwrap();
        assert_eq!(get::<i32>(handle, "h").unwrap_err().status(), NEEDMATCH_E_HANDLE);
        assert_eq!(free::<i32>(handle, "h").unwrap_err().status(), NEEDMATCH_E_HANDLE);
    }

    #[test]
    fn a_handle_of_another_type_is_refused_and_keeps_its_object() {
        let handle = insert(7i32).unwrap();
        assert_eq!(get::<u8>(handle, "h").unwrap_err().status(), NEEDMATCH_E_HANDLE);
        assert_eq!(free::<u8>(handle, "h").unwrap_err().status(), NEEDMATCH_E_HANDLE);
        assert_eq!(*get::<i32>(handle, "h").unwrap(), 7);
    }

    #[test]
    fn a_reused_slot_has_a_new_handle() {
        let mut registry = Registry::default();
        let first = registry.insert(Arc::new(1i32)).unwrap();
        registry.remove::<i32>(first).unwrap();
        let second = registry.insert(Arc::new(2i32)).unwrap();
        assert_eq!(registry.slots.len(), 1);
        assert_ne!(first, second);
        assert!(registry.slot(first).is_none());
    }

    #[test]
    fn a_slot_is_retired_before_its_generation_wraps() {
        let mut registry = Registry::default();
        registry.slots.push(Slot { generation: LAST_GENERATION - 1, object: None });
        registry.free.push(0);
        let last = registry.insert(Arc::new(1i32)).unwrap();
        assert!(registry.remove::<i32>(last).is_some());
        registry.insert(Arc::new(2i32)).unwrap();
        assert_eq!(registry.slots.len(), 2);
    }

    #[test]
    fn zero_is_nobodys_handle() {
        assert!(free::<i32>(0, "h").is_ok());
        assert!(get::<i32>(0, "h").is_err());
        // A generation of 0 is never handed out, so even a tag of 0 leaves 0 free.
        assert_ne!(handle_of(0, 1) << 16, 0);
    }

    #[test]
    fn an_object_in_use_outlives_its_handle() {
        let handle = insert(String::from("still here")).unwrap();
        let object = get::<String>(handle, "h").unwrap();
        free::<String>(handle, "h").unwrap();
        assert_eq!(*object, "still here");
    }
}
